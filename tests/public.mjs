// What the portal's tests share: a demo store served with its portal on a listener of its own, somebody who releases, and a visitor without an account.
import { bihuan, catchUp, demoStore, must, serve, signIn, until } from './lib.mjs';

/** Serves the store and its portal: {server, portal: origin}. */
export async function servePortal(store, words = []) {
  const server = await serve(store, ['--public', '127.0.0.1:0', '--behind-proxy', ...words]);
  const portal = await until('the portal says where it is', () => server.log.match(/(http:\/\/127\.0\.0\.1:\d+)\/public\//)?.[1]);
  return { server, portal };
}

/** A demo store with a releaser 发布审核人, who proposes nothing. */
export function portalStore() {
  const store = demoStore();
  const password = 'releaser-password-1';
  must(bihuan(store, ['user', 'create', 'releaser', '--name', '发布审核人', '--as', 'sysadmin', '--password-stdin'], { input: password + '\n' }));
  must(bihuan(store, ['user', 'grant', 'releaser', 'releaser', '--as', 'secadmin']));
  store.accounts.releaser = password;
  return store;
}

/** Who comes from outside, each time from another address unless one is given: gives the status and the text of a page. */
export function visitor(origin, address = null) {
  let visits = 0;
  const ask = async (method, path, form, own = {}) => {
    visits++;
    const headers = { 'x-forwarded-for': address ?? `10.${(visits >> 16) & 255}.${(visits >> 8) & 255}.${visits & 255}`, ...own };
    const multipart = form instanceof FormData;
    const body = form && !multipart ? new URLSearchParams(form).toString() : form;
    await catchUp();
    const answer = await fetch(origin + path, { method, body, redirect: 'manual', headers: form && !multipart ? { 'content-type': 'application/x-www-form-urlencoded', ...headers } : headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { get: (path, headers) => ask('GET', path, undefined, headers), post: (path, form, headers) => ask('POST', path, form, headers), ask };
}
export const codeOf = (page) => page.text.match(/[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}(?=<\/b>)/)?.[0];

/** A page of the portal once it holds the words. */
export const shows = (guest, path, words) => until(`${path} shows ${words}`, async () => { const page = await guest.get(path); return page.text.includes(words) && page; });
export const signInAll = async (server, store, accounts) => Promise.all(accounts.map((account) => signIn(server, account, store.accounts[account])));
