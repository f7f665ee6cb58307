// The staff pages: session and declarations first, then the page asked for.
import { createApp } from 'vue';
import { createRouter, createWebHistory, type Router } from 'vue-router';
import App from './App.vue';
import { applyLanguage } from './language';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/pages.css';
import './style/narrow.css';
import './element';
import './style/parts.css';
import './style/screens.css';
import './style/lists.css';
import { routes } from './routes';
import { loadDeclarations, loadSession, session } from './session';

/** The page asked for is fetched beside the session, not after it; what fails here is said when the page is shown. */
function fetchEarly(router: Router): void {
  for (const { components } of router.resolve(location.pathname + location.search).matched) {
    const load = components?.default;
    if (typeof load === 'function') (load as () => Promise<unknown>)().catch(() => undefined);
  }
}

async function start(): Promise<void> {
  applyLanguage();
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, kept) => kept ?? (to.path === from.path ? undefined : { top: 0 }),
  });
  fetchEarly(router);
  await loadSession();
  applyLanguage();
  if (session.value?.must_change) {
    location.assign('/sign-in.html?change=1');
    return;
  }
  await loadDeclarations();
  createApp(App).use(router).mount('#app');
}

start().catch((problem: unknown) => {
  // 401 is on its way to the sign-in page already; anything else is said in words, with a way out.
  const place = document.getElementById('app');
  if (!place || (problem as { status?: number }).status === 401) return;
  const text = document.createElement('p');
  text.className = 'startup';
  text.setAttribute('role', 'alert');
  text.textContent = problem instanceof Error ? problem.message : String(problem);
  const again = document.createElement('button');
  again.className = 'btn';
  again.textContent = document.documentElement.lang === 'en' ? 'Try again' : '重试';
  again.addEventListener('click', () => location.reload());
  place.replaceChildren(text, again);
});
