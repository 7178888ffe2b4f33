/** Text with places to fill in, as editors write it: `${1:x}`, the last place is `$0`. */
export interface Snippet {
  readonly label: string
  readonly text: string
  readonly detail: string
}

/** What can stand where a molecule can. */
export const moleculeSnippets: readonly Snippet[] = [
  {
    label: 'replace … by … if',
    text: 'replace ${1:x}, ${2:y} by ${3:x} if ${4:x >= y}',
    detail: 'a rule that stays, with a condition',
  },
  { label: 'replace … by', text: 'replace ${1:x} by ${2:x}', detail: 'a rule that stays' },
  {
    label: 'replace-one … by',
    text: 'replace-one ${1:x} by ${2:x}',
    detail: 'a rule that reacts once',
  },
  {
    label: 'replace-one <rule, ω> by ω',
    text: 'replace-one <${1:rule} = r, ω> by ω',
    detail: 'take an inert solution apart, and drop a rule',
  },
  {
    label: 'with … inject',
    text: 'with ${1:x} inject ${2:y}',
    detail: 'a rule that adds once to what is there',
  },
]

/** What can stand where a definition can. */
export const definitionSnippets: readonly Snippet[] = [
  {
    label: 'let rule',
    text: 'let ${1:name} = replace ${2:x} by ${3:x} in',
    detail: 'a rule with a name',
  },
  {
    label: 'let rec rule',
    text: 'let rec ${1:name} = replace-one ${2:x} by ${3:x}, ${1:name} if ${4:true} in',
    detail: 'a rule that uses its own name',
  },
  {
    label: 'let maker',
    text: 'let ${1:name}(${2:n}) = replace ${3:x} by ${4:x} in',
    detail: 'a definition with parameters',
  },
]
