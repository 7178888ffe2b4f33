/** Dresses a text for the eye; without colour it gives the text back. */
export type Ink = (text: string) => string

/** The few colours of the command line. */
export interface Palette {
  readonly error: Ink
  readonly warning: Ink
  readonly hint: Ink
  readonly good: Ink
  readonly strong: Ink
  readonly faint: Ink
}

/** The palette for a stream that shows colour, or for one that does not. */
export function paletteFor(options: { readonly colour: boolean }): Palette {
  const paint =
    (code: string): Ink =>
    (text) =>
      options.colour && text !== '' ? `\u001B[${code}m${text}\u001B[0m` : text
  return {
    error: paint('1;31'),
    warning: paint('1;33'),
    hint: paint('1;36'),
    good: paint('32'),
    strong: paint('1'),
    faint: paint('2'),
  }
}

const codes: Readonly<Record<string, string>> = {
  number: '36',
  string: '32',
  boolean: '33',
  symbol: '35',
  rule: '34',
  host: '34',
  pending: '2',
  multiplicity: '33',
}

/** Colours a piece of a printed molecule by what it is. */
export function moleculeColour(kind: string, text: string): string {
  const code = codes[kind]
  return code === undefined ? text : `\u001B[${code}m${text}\u001B[0m`
}
