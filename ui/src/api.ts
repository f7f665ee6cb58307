// The one client of the API. Adds the language, the CSRF token and the idempotency key; turns problem documents into
// ApiError; sends who is signed out to the sign-in page; waits and tries again where the server asks for patience.
import { ref } from 'vue';
import { language } from './language';
import type { Finding, ProblemDocument, Value, Values } from './types';
import { word } from './words';

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly findings: Finding[];
  readonly retryAfter: number | null;
  constructor(status: number, document: ProblemDocument, retryAfter: number | null) {
    super(document.detail || document.title || fallbackSentence(status, retryAfter));
    this.status = status;
    this.code = document.code ?? '';
    this.findings = document.findings ?? [];
    this.retryAfter = retryAfter;
  }
}

function fallbackSentence(status: number, retryAfter: number | null): string {
  if (status === 0) return word('error.network');
  if (status === 403) return word('error.forbidden');
  if (status === 404) return word('error.absent');
  if (status === 412) return word('error.stale');
  if (status === 413) return word('error.large');
  if (status === 429) return word('error.many', { seconds: retryAfter ?? 60 });
  if (status === 503) return word('error.busy', { seconds: retryAfter ?? 5 });
  return word('error.other', { status });
}

/** The highest journal number an answer has named. */
export const journal = ref(0);
/** Requests that are under way. */
export const pending = ref(0);
let csrf = '';
export function keepToken(token: string): void {
  csrf = token;
}

export interface Options {
  body?: unknown;
  bytes?: Blob;
  headers?: Record<string, string>;
  /** Do not leave for the sign-in page on 401. */
  quiet?: boolean;
}

const PATIENCE = 3;
const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

export const signInAddress = (): string => `/sign-in.html?next=${encodeURIComponent(location.pathname + location.search)}`;

async function send(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language.value, ...options.headers };
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  let body: BodyInit | undefined;
  if (options.bytes) body = options.bytes;
  else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(options.body);
  }
  pending.value++;
  try {
    return await fetch(path, { method, headers, body, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    throw new ApiError(0, {}, null);
  } finally {
    pending.value--;
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const after = Number(response.headers.get('Retry-After'));
  let document: ProblemDocument = {};
  try {
    document = (await response.json()) as ProblemDocument;
  } catch {
    /* not a problem document: the status says enough */
  }
  return new ApiError(response.status, document, Number.isFinite(after) && after > 0 ? after : null);
}

export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  // A read, or a write under an idempotency key, may be sent again without doing anything twice.
  const repeatable = method === 'GET' || options.headers?.['Idempotency-Key'] !== undefined;
  for (let attempt = 1; ; attempt++) {
    const response = await send(method, path, options);
    const number = Number(response.headers.get('Bihuan-Journal'));
    if (number > journal.value) journal.value = number;
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    const problem = await problemOf(response);
    if (response.status === 401 && !options.quiet) location.assign(signInAddress());
    if (response.status !== 503 || !repeatable || attempt >= PATIENCE) throw problem;
    await pause(Math.min(problem.retryAfter ?? 1, 5));
  }
}

export const get = <T>(path: string, options?: Options) => request<T>('GET', path, options);
/** `version`: of the record that the form was opened on; refused (412) once it has changed. */
export const post = <T>(path: string, body: unknown, key?: string, version?: number) =>
  request<T>('POST', path, {
    body,
    headers: { ...(key ? { 'Idempotency-Key': key } : {}), ...(version ? { 'If-Match': `"${version}"` } : {}) },
  });
export const patch = <T>(path: string, version: number, body: unknown) =>
  request<T>('PATCH', path, { body, headers: { 'If-Match': `"${version}"` } });

/** One key for one intention: sent again unchanged it is the same change, edited it is a new one. */
export function intention(): (body: unknown) => string {
  let text = '';
  let key = '';
  return (body) => {
    const now = JSON.stringify(body);
    if (now !== text || !key) {
      text = now;
      key = freshKey();
    }
    return key;
  };
}

function freshKey(): string {
  // crypto.randomUUID exists only on https and localhost.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Conditions as an address has them; empty ones are left out. */
export function query(conditions: Record<string, string | number | boolean | null | undefined>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(conditions)) {
    if (value !== null && value !== undefined && value !== '') pairs.set(name, String(value));
  }
  const text = pairs.toString().replace(/%2C/g, ',');
  return text ? `?${text}` : '';
}

export interface UploadedFile {
  file: string;
  size: number;
}
export const uploadFile = (file: File) =>
  request<UploadedFile>('POST', '/api/v1/files', {
    bytes: file,
    headers: { 'Content-Type': file.type || 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name) },
  });

export function isEmpty(value: Value | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Only what differs from `before`; empty where it was filled is sent as null. */
export function changedValues(before: Values, after: Values): Values {
  const result: Values = {};
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (isEmpty(value) && isEmpty(old)) continue;
    if (JSON.stringify(value) !== JSON.stringify(old)) result[name] = isEmpty(value) ? null : value;
  }
  return result;
}
