/* eslint-disable @typescript-eslint/consistent-type-imports -- a module that is only declared can import nothing. */
/** Made by `content-plugin.ts` when the page is built. */
declare module 'virtual:learn-content' {
  export const lessons: import('./content.ts').LearnContent['lessons']
  export const cards: import('./content.ts').LearnContent['cards']
}
