// The language of the pages: kept by the browser, sent with every request. zh when nothing else was chosen.
import { ref } from 'vue';
import type { Language } from './types';

const KEPT_AS = 'bihuan.language';

function kept(): Language | null {
  const value = localStorage.getItem(KEPT_AS);
  return value === 'zh' || value === 'en' ? value : null;
}

export const language = ref<Language>(kept() ?? 'zh');
export const chosen = (): boolean => kept() !== null;

export function applyLanguage(): void {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
}

export function chooseLanguage(next: Language): void {
  localStorage.setItem(KEPT_AS, next);
  language.value = next;
  applyLanguage();
}
