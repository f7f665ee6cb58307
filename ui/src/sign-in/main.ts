// The entry of the sign-in page: no component library, no router.
import { createApp } from 'vue';
import { applyLanguage } from '../language';
import '../style/tokens.css';
import '../style/base.css';
import '../style/frame.css';
import './sign-in.css';
import SignIn from './SignIn.vue';

applyLanguage();
createApp(SignIn).mount('#app');
