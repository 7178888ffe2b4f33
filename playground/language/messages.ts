/*
 * What the page and the language service in its worker say to each other. Places are offsets into the text
 * of a file; a file is known by its name, a standard module by its address.
 */
import type { CompletionKind, DeclarationKind } from '../../editor/index.ts'
import type { DiagnosticForm } from '../session/messages.ts'

/** A half-open range of a text. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Place {
  readonly file: string
  readonly span: Span
}

export interface TextEdit {
  readonly span: Span
  readonly text: string
}

/** What can be asked, each with what is answered. */
export interface Questions {
  readonly diagnostics: { asked: { file: string }; answered: readonly DiagnosticForm[] }
  /** Five numbers for each token: start, length, place in `semanticKinds`, whether it declares, whether it is of a library. */
  readonly tokens: { asked: { file: string }; answered: readonly number[] }
  readonly hover: { asked: At; answered: { span: Span; markdown: string } | undefined }
  readonly completions: { asked: At; answered: CompletionList }
  /** About an item of the last list. */
  readonly documentation: { asked: { index: number }; answered: string }
  readonly signature: { asked: At; answered: SignatureAnswer | undefined }
  readonly definition: { asked: At; answered: readonly Place[] }
  readonly references: { asked: At; answered: readonly Place[] }
  readonly highlights: { asked: At; answered: readonly Span[] }
  readonly renamable: { asked: At; answered: { span: Span; name: string } | { refusal: string } }
  readonly rename: { asked: At & { name: string }; answered: FileEdits | { refusal: string } }
  readonly formatting: { asked: { file: string; span?: Span }; answered: readonly TextEdit[] }
  readonly symbols: { asked: { file: string }; answered: readonly SymbolAnswer[] }
  readonly folds: { asked: { file: string }; answered: readonly FoldAnswer[] }
  readonly selections: { asked: At; answered: readonly Span[] }
  readonly actions: { asked: { file: string; span: Span }; answered: readonly ActionAnswer[] }
  readonly hints: { asked: { file: string; span: Span }; answered: readonly HintAnswer[] }
  readonly lenses: { asked: { file: string }; answered: readonly LensAnswer[] }
  /** The text of a standard module. */
  readonly text: { asked: { file: string }; answered: string | undefined }
}

interface At {
  readonly file: string
  readonly offset: number
}

export interface CompletionList {
  readonly span: Span
  readonly items: readonly CompletionItem[]
}

export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  readonly text: string
  readonly isSnippet: boolean
  readonly detail: string
  readonly rank: number
}

export interface SignatureAnswer {
  readonly signatures: readonly {
    readonly label: string
    readonly parameters: readonly string[]
    readonly documentation: string
  }[]
  readonly active: number
  readonly parameter: number
}

export interface FileEdits {
  readonly files: readonly { readonly file: string; readonly edits: readonly TextEdit[] }[]
}

export interface SymbolAnswer {
  readonly name: string
  readonly kind: DeclarationKind | 'solution'
  readonly detail: string
  readonly span: Span
  readonly nameSpan: Span
  readonly children: readonly SymbolAnswer[]
}

export interface FoldAnswer {
  readonly firstLine: number
  readonly lastLine: number
  readonly kind: 'code' | 'comment' | 'imports'
}

export interface ActionAnswer {
  readonly title: string
  readonly code: string
  readonly isPreferred: boolean
  readonly edits: readonly TextEdit[]
}

export interface HintAnswer {
  readonly offset: number
  readonly text: string
}

export interface LensAnswer {
  readonly span: Span
  readonly title: string
}

export type QuestionName = keyof Questions

/** What the page says: how texts are now, and what it wants to know of them. */
export type ToLanguage =
  | {
      readonly kind: 'texts'
      readonly files: readonly {
        readonly name: string
        readonly version: number
        readonly text: string
      }[]
    }
  | {
      readonly kind: 'ask'
      readonly id: number
      readonly name: QuestionName
      readonly asked: Questions[QuestionName]['asked']
    }

export interface FromLanguage {
  readonly id: number
  readonly answered: unknown
}
