import type { Pattern, RuleExpression, Source } from '../../grammar/index.ts'

/** The types of variables that their patterns do not name. */
export type KnownTypes = ReadonlyMap<string, string>

/** What a rule takes and gives, in words, as a list in Markdown. */
export function ruleWords(rule: RuleExpression, source: Source, types: KnownTypes): string {
  const { form, patterns, product, condition, rate } = rule
  const lines = [`- takes ${listed(patterns.map((each) => patternWords(each, source, types)))}`]
  const given = product.items
    .filter(({ kind }) => kind !== 'definition' && kind !== 'nothing')
    .map(({ span }) => code(source.slice(span)))
  if (form === 'with') lines.push('- leaves what it took')
  lines.push(given.length === 0 ? '- gives nothing' : `- gives ${listed(given)}`)
  if (condition !== undefined) lines.push(`- only if ${code(source.slice(condition.span))}`)
  if (rate !== undefined)
    lines.push(`- at the rate ${code(source.slice(rate.span))} in a simulation`)
  lines.push(
    form === 'replace' ? '- stays, and reacts as often as it can' : '- reacts once, and is used up',
  )
  return lines.join('\n')
}

/** What a pattern takes, as a noun. */
export function patternWords(pattern: Pattern, source: Source, types: KnownTypes): string {
  const written = code(source.slice(pattern.span))
  switch (pattern.kind) {
    case 'variable-pattern': {
      const type =
        pattern.type === undefined ? types.get(pattern.name.text) : source.slice(pattern.type.span)
      return `${type === undefined ? 'any molecule' : withArticle(type)} ${code(pattern.name.text)}`
    }
    case 'wildcard-pattern':
      return pattern.type === undefined
        ? 'any molecule'
        : withArticle(source.slice(pattern.type.span))
    case 'rest-pattern':
      return `what is left, ${written}`
    case 'symbol-pattern':
      return types.has(pattern.name) ? `a molecule ${written}` : `the symbol ${written}`
    case 'literal-pattern':
      return `the value ${written}`
    case 'constant-pattern':
      return `the constant ${written}`
    case 'tuple-pattern':
      return `a tuple ${written}`
    case 'list-pattern':
      return `a list ${written}`
    case 'solution-pattern':
      return `an inert solution ${written}`
    case 'caught-rule-pattern':
      return `the rule ${code(source.slice(pattern.rule.span))} as ${code(pattern.variable.text)}`
    case 'counted-pattern': {
      const inner = patternWords(pattern.pattern, source, types)
      const many = code(source.slice(pattern.multiplicity.span))
      return pattern.multiplicity.kind === 'name'
        ? `all copies, ${many} of them, of ${inner}`
        : `${many} copies of ${inner}`
    }
    case 'group-pattern':
      return patternWords(pattern.pattern, source, types)
    case 'nothing-pattern':
      return 'nothing'
    case 'error':
      return 'what could not be read'
  }
}

/** `Int` as `an Int`. */
export function withArticle(type: string): string {
  return /^[AEIO]/.test(type) ? `an ${type}` : `a ${type}`
}

/** Text of a program in Markdown, on one line. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  const short = line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line
  return short.includes('`') ? `\`\` ${short} \`\`` : `\`${short}\``
}

const MOST_SHOWN = 80

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing'
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
