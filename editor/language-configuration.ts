import { tokenTable } from '../grammar/index.ts'

/** What an editor needs to know of a language before it asks for anything: plain data, as JSON has it. */
export interface LanguageConfiguration {
  readonly id: string
  readonly extensions: readonly string[]
  readonly lineComment: string
  readonly blockComment: readonly [string, string]
  readonly brackets: readonly (readonly [string, string])[]
  /** Brackets that can be coloured in pairs: `<` and `>` compare, too, and are not among them. */
  readonly colouredBrackets: readonly (readonly [string, string])[]
  readonly autoClosing: readonly (readonly [string, string])[]
  readonly surrounding: readonly (readonly [string, string])[]
  /** The source of a regular expression, with the flag `u`. */
  readonly word: string
  /** Lines after which the next one stands further in, and lines that stand further out. */
  readonly indentation: { readonly increase: string; readonly decrease: string }
}

/** The configuration of HOCL, for Monaco, VS Code and others. */
export const languageConfiguration: LanguageConfiguration = {
  id: 'hocl',
  extensions: ['.hocl'],
  lineComment: '//',
  blockComment: ['/*', '*/'],
  brackets: tokenTable.brackets,
  colouredBrackets: tokenTable.brackets.filter(([open]) => open !== '<'),
  autoClosing: [...tokenTable.brackets.filter(([open]) => open !== '<'), ['"', '"']],
  surrounding: [...tokenTable.brackets, ['"', '"']],
  word: String.raw`replace-one|[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*`,
  indentation: {
    increase: String.raw`(^\s*let\b(?!.*\bin\s*$).*|[(\[⟨]|(^|[\s,:(<])<)\s*$`,
    decrease: String.raw`^\s*([)\]⟩>]|in\b)`,
  },
}
