/** Words of the language, from the grammar's table of tokens, when the page is built: `build/words.ts`. */
declare module 'virtual:words' {
  export const keywords: readonly string[]
  export const contextualKeywords: readonly string[]
}
