// A mail server of the tests' own: SMTP as a client hears it, with TLS from the first byte or after STARTTLS, sign-in, and everything that goes wrong with real ones.
import { createServer } from 'node:net';
import { createServer as createTlsServer, TLSSocket, createSecureContext } from 'node:tls';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An authority and a server's certificate for `names` ("DNS:localhost", "IP:127.0.0.1"), made by openssl in `folder`. */
export function authority(folder, name, names) {
  const at = (what) => join(folder, `${name}.${what}`), run = (...words) => execFileSync('openssl', words, { stdio: 'pipe' });
  run('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '30', '-subj', `/CN=${name} authority`);
  run('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key'), '-out', at('csr'), '-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`);
  run('x509', '-req', '-in', at('csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '30', '-copy_extensions', 'copy', '-out', at('pem'));
  return { ca: at('ca.pem'), key: readFileSync(at('key')), cert: readFileSync(at('pem')) };
}

/** What it took stands in `letters` (with `secure` and `user`), what it heard in `heard`. Set at any time — hold: it takes a letter and says nothing more;
 *  deny: 451 at the end; greeting: instead of 220; silent: it never speaks; refused: addresses that get 550; later: addresses that get 450 at first, so many times. */
export function smtp({ tls = null /* 'starttls' or 'implicit' */, certificate = null, user = null, password = null, methods = ['PLAIN', 'LOGIN'] } = {}) {
  const post = { letters: [], heard: [], hold: false, deny: false, silent: false, greeting: null, refused: new Set(), later: new Map(), sockets: new Set(), user, password, methods };
  const plain = (text) => Buffer.from(text, 'base64').toString();
  const signed = (talk, name, word) => {
    talk.user = name === post.user && word === post.password ? name : null;
    return talk.user ? '235 welcome' : '535 wrong account or password';
  };
  const answer = (talk, line) => {
    const word = line.split(/[ :]/)[0].toUpperCase(), address = line.match(/<(.*)>/)?.[1];
    if (talk.login) { // AUTH LOGIN and PLAIN go on over further lines
      const { name } = talk.login;
      if (talk.login.plain) { talk.login = null; const [, one, two] = plain(line).split('\0'); return signed(talk, one, two); }
      if (name === undefined) { talk.login.name = plain(line); return '334 UGFzc3dvcmQ6'; }
      talk.login = null;
      return signed(talk, name, plain(line));
    }
    if (word === 'EHLO' || word === 'HELO') {
      const offers = ['test', ...(tls === 'starttls' && !talk.secure ? ['STARTTLS'] : []), ...(post.user && talk.secure ? [`AUTH ${post.methods.join(' ')}`] : []), '8BITMIME'];
      return offers.map((one, i) => `250${i < offers.length - 1 ? '-' : ' '}${one}`).join('\r\n');
    }
    if (word === 'STARTTLS' && tls === 'starttls') { talk.upgrade = true; return '220 go on'; }
    if (word === 'AUTH') {
      const [, method, initial] = line.split(' ');
      if (!post.methods.includes(method.toUpperCase())) return '504 no such way';
      talk.login = { plain: method.toUpperCase() === 'PLAIN' };
      if (!initial) return talk.login.plain ? '334 ' : '334 VXNlcm5hbWU6';
      return answer(talk, initial);
    }
    if (word === 'MAIL') {
      if (post.user && !talk.user) return '530 sign in first';
      talk.envelope = { from: address };
      return '250 ok';
    }
    if (word === 'RCPT') {
      if (post.refused.has(address)) return '550 nobody of that name';
      const left = post.later.get(address) ?? 0;
      if (left > 0) { post.later.set(address, left - 1); return '450 try again'; }
      talk.envelope.to = `<${address}>`;
      return '250 ok';
    }
    if (word === 'DATA') { talk.data = true; return '354 go on'; }
    return word === 'QUIT' ? '221 bye' : '250 ok';
  };
  const listen = (socket, talk) => {
    let text = '';
    const said = (line) => socket.writable && socket.write(line + '\r\n');
    post.sockets.add(socket);
    socket.on('error', () => {}).on('close', () => post.sockets.delete(socket));
    socket.on('data', (bytes) => {
      if (post.silent) return;
      text += bytes;
      for (;;) {
        const end = text.indexOf(talk.data ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (talk.data ? 5 : 2));
        if (talk.data) {
          talk.data = false;
          if (post.deny) { said('451 later'); continue; }
          post.letters.push({ ...talk.envelope, secure: talk.secure, user: talk.user, raw: line });
          post.taken?.();
          if (!post.hold) said('250 taken');
          continue;
        }
        post.heard.push({ line, secure: talk.secure });
        said(answer(talk, line));
        if (/^QUIT/i.test(line)) { socket.end(); return; }
        if (talk.upgrade) {
          socket.removeAllListeners('data');
          const inside = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate) });
          listen(inside, { ...talk, secure: true, upgrade: false, fresh: false });
          return;
        }
      }
    });
    if (talk.fresh && !post.silent) said(post.greeting ?? '220 test');
    if (talk.fresh && post.greeting) socket.end();
  };
  post.start = (port = 0) => new Promise((done, fail) => {
    post.server = tls === 'implicit' ? createTlsServer(certificate, (socket) => listen(socket, { secure: true, fresh: true })) : createServer((socket) => listen(socket, { secure: false, fresh: true }));
    post.server.on('tlsClientError', () => {}).on('error', fail).listen(port, '127.0.0.1', () => { post.port = post.server.address().port; done(); });
  });
  post.stop = () => new Promise((done) => { for (const socket of post.sockets) socket.destroy(); post.server.close(done); });
  return post;
}

/** A letter read: its head, its subject in words, its text, its Message-ID. */
export function decode(letter) {
  const [head, body] = letter.raw.split('\r\n\r\n');
  const subject = head.match(/^Subject: ((?:.*\r\n[ \t])*.*)$/m)[1].split(/\r\n[ \t]/).map((word) => Buffer.from(word.match(/=\?UTF-8\?B\?(.*)\?=/)[1], 'base64').toString()).join('');
  return { head, subject, text: Buffer.from(body.replaceAll('\r\n', ''), 'base64').toString(), id: head.match(/^Message-ID: (.*)$/m)[1] };
}
