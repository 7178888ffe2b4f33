/** What of the page is looked at, and how its parts share the place. */
export interface Arrangement {
  readonly view: string
  readonly panel: string
  /** On a small screen one of them is seen at a time. */
  readonly pane: PaneName
  readonly drawer: string | undefined
  /** Percent that the program has of the width, and the views of the height. */
  readonly across: number
  readonly down: number
}

export type PaneName = 'code' | 'views' | 'panels'

export const standardArrangement: Arrangement = {
  ...{ view: '', panel: 'result', pane: 'code', drawer: undefined, across: 48, down: 66 },
}

/** The parts of the page, as a small screen names them. */
export const paneTitles: readonly (readonly [PaneName, string])[] = [
  ['code', 'Program'],
  ['views', 'Solution'],
  ['panels', 'Output'],
]
