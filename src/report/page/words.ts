import type { PageLanguage } from './data.ts';
import { english } from './words-english.ts';
import { japanese } from './words-japanese.ts';

export type WordKey = keyof typeof english;

const dictionaries: Readonly<Record<PageLanguage, Readonly<Record<WordKey, string>>>> = { en: english, ja: japanese };

export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

export function wordsOf(language: PageLanguage): Words {
  const dictionary = dictionaries[language];
  return (key, values = {}) =>
    dictionary[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? grouped(value) : value;
    });
}

/** 1234567 → 1,234,567, as both languages write it. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Minutes as people say them. */
export function duration(minutes: number, language: PageLanguage): string {
  if (minutes < 90) return language === 'ja' ? `${Math.round(minutes)} 分` : `${Math.round(minutes)} min`;
  const hours = Math.round(minutes / 6) / 10;
  if (hours < 16) return language === 'ja' ? `${hours} 時間` : `${hours} h`;
  const days = Math.round(hours / 0.8) / 10;
  return language === 'ja' ? `${days} 人日` : `${days} person days`;
}

/** How much less there is: `−82 %`. */
export function change(before: number, after: number): string {
  if (before === 0) return '–';
  const percent = Math.round(((after - before) / before) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}
