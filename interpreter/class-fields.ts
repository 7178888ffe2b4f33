/*
 * Which fields the instances of a class have. JavaScript tells it only of an instance, and a program is
 * checked before there is one: so the text of the class is read, for fields that are declared and for
 * `this.x = …`. A field that comes about in another way is not found.
 */

/** The names of the fields that a class itself declares or assigns; private ones are not among them. */
export function fieldNames(cls: object): readonly string[] {
  const text = withoutTexts(Function.prototype.toString.call(cls))
  const names = new Set(declared(text))
  for (const [, name] of text.matchAll(
    /\bthis\s*\.\s*([\p{L}_$][\p{L}\p{M}\p{Nd}_$]*)\s*(?:[?|&*+-]{0,2}=)(?![=>])/gu,
  ))
    if (name !== undefined) names.add(name)
  return [...names]
}

/** Comments and strings as blanks, so that brackets and words in them do not count. */
function withoutTexts(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g,
    (found) => found.replace(/[^\n]/g, ' '),
  )
}

/** Names that stand in the class body itself, at the start of a member, and are no methods. */
function declared(text: string): readonly string[] {
  const names: string[] = []
  let depth = 0
  let member = ''
  const finish = (): void => {
    const [, isStatic, name] =
      /^\s*(static\s+)?([\p{L}_$][\p{L}\p{M}\p{Nd}_$]*)\s*(?:=|$)/u.exec(member) ?? []
    if (name !== undefined && isStatic === undefined) names.push(name)
    member = ''
  }
  for (const character of text.slice(text.indexOf('{') + 1)) {
    if (depth === 0 && (character === ';' || character === '\n' || character === '}')) finish()
    else if (depth === 0) member += character
    if ('{(['.includes(character)) depth++
    if ('})]'.includes(character)) {
      depth--
      // The end of a method: what comes next is a member of its own.
      if (character === '}' && depth === 0) member = ''
    }
  }
  return names
}
