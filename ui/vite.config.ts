// Builds two entries: the staff pages (index.html) and the small sign-in page (sign-in.html), which does not
// load the component library. Nothing is inlined: the server sends a strict Content-Security-Policy.
import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': at('./src') } },
  define: { __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    target: 'chrome90',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rollupOptions: {
      input: { index: at('./index.html'), 'sign-in': at('./sign-in.html') },
      output: {
        chunkFileNames: ({ name }) => `assets/${name.replace(/\.vue.*$/, '')}-[hash].js`,
        manualChunks: (id) => (/node_modules\/(@vue|vue)\//.test(id) ? 'vue' : undefined),
      },
    },
  },
  server: { proxy: { '/api': process.env.BIHUAN_SERVER ?? 'http://127.0.0.1:8080' } },
})
