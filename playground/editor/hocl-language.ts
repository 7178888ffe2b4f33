import { contextualKeywords, keywords } from 'virtual:words'
import { monaco } from './monaco.ts'

export const LANGUAGE = 'hocl'

/** Colours for the words and marks of the language, from the grammar's own table of them. */
export function registerLanguage(): void {
  monaco.languages.register({ id: LANGUAGE, extensions: ['.hocl'], aliases: ['HOCL'] })
  monaco.languages.setLanguageConfiguration(LANGUAGE, configuration)
  monaco.languages.setMonarchTokensProvider(LANGUAGE, tokens())
}

const configuration: monaco.languages.LanguageConfiguration = {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [
    ['(', ')'],
    ['[', ']'],
  ],
  // A `<` may compare, so it is no bracket that must be closed.
  colorizedBracketPairs: [
    ['(', ')'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '<', close: '>' },
    { open: '"', close: '"' },
  ],
  wordPattern: /[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*|\d[\d_.]*/u,
  indentationRules: {
    increaseIndentPattern: /[<([]\s*$/,
    decreaseIndentPattern: /^\s*[>)\]]/,
  },
}

function tokens(): monaco.languages.IMonarchLanguage {
  return {
    unicode: true,
    keywords: [...keywords, ...contextualKeywords],
    tokenizer: {
      root: [
        [/replace-one(?![\p{L}\p{Nd}_$'])/u, 'keyword'],
        [/[ωΩ][\p{L}\p{M}\p{Nd}_$']*/u, 'variable.rest'],
        [/\?[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/u, 'variable.rest'],
        [/(::)(\s*)(\p{Lu}[\p{L}\p{Nd}_]*)/u, ['delimiter', 'white', 'type']],
        [/[\p{Lu}\p{Lt}][\p{L}\p{M}\p{Nd}_$']*/u, 'symbol'],
        [
          /[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/u,
          { cases: { '@keywords': 'keyword', '@default': 'name' } },
        ],
        [/\/\/\/(?!\/).*$/, 'comment.doc'],
        [/\/\/.*$/, 'comment'],
        [/\/\*/, 'comment', '@comment'],
        [/0[xX][\da-fA-F_]+|(\d[\d_]*)?\.?\d[\d_]*([eE][+-]?\d+)?/, 'number'],
        [/"([^"\\\r\n]|\\.)*"?/, 'string'],
        [/'([^'\\\r\n]|\\.)*'?/, 'string'],
        [/>=|<=|==|!=|&&|\|\||\.\.\.|::/, 'operator'],
        [/[<>⟨⟩]/, 'membrane'],
        [/[+\-*/%!=?:^@∅∞]/, 'operator'],
        [/[()[\]]/, '@brackets'],
        [/[,;.]/, 'delimiter'],
      ],
      comment: [
        [/[^*]+/, 'comment'],
        [/\*\//, 'comment', '@pop'],
        [/\*/, 'comment'],
      ],
    },
  }
}
