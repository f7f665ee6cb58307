// The parts of Element Plus the pages use, one by one, with their styles. Nothing else imports from the library.
import 'element-plus/es/components/base/style/css';
import 'element-plus/es/components/dialog/style/css';
import 'element-plus/es/components/drawer/style/css';
import 'element-plus/es/components/message/style/css';
import 'element-plus/es/components/option/style/css';
import 'element-plus/es/components/select/style/css';

export { ElConfigProvider } from 'element-plus/es/components/config-provider/index';
export { ElDialog } from 'element-plus/es/components/dialog/index';
export { ElDrawer } from 'element-plus/es/components/drawer/index';
export { ElMessage } from 'element-plus/es/components/message/index';
export { ElOption, ElSelect } from 'element-plus/es/components/select/index';
