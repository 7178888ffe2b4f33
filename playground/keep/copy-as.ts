import type { Project } from '../app/starting-project.ts'
import type { RunSettings } from '../session/messages.ts'

/** The same run as a command line for a shell, the program with it. */
export function commandLine({ files, settings }: Project): string {
  const [main, ...others] = files
  const flags = flagsOf(settings)
  if (files.some(({ text }) => /\bconsole\./.test(text))) flags.push('--host hocl.console')
  if (others.length === 0) return hereDocument(['hocl run -', ...flags].join(' '), main.text)
  const written = files.map(({ name, text }) => hereDocument(`cat > ${quoted(name)}`, text))
  return [...written, ['hocl run', quoted(main.name), ...flags].join(' ')].join('\n')
}

function flagsOf({ seed, strategy, limits, isStochastic }: RunSettings): string[] {
  const { reactions, milliseconds, molecules, until } = limits
  return [
    `--seed ${String(seed)}`,
    ...(isStochastic && until !== undefined ? [`--until ${String(until)}`] : []),
    ...(isStochastic ? ['--stochastic'] : strategy === 'fast' ? [] : [`--strategy ${strategy}`]),
    ...(reactions === undefined ? [] : [`--max-reactions ${String(reactions)}`]),
    ...(molecules === undefined ? [] : [`--max-molecules ${String(molecules)}`]),
    ...(milliseconds === undefined ? [] : [`--timeout ${String(milliseconds)}ms`]),
  ]
}

/** A command that reads a text which follows it; the word that ends the text is no line of it. */
function hereDocument(command: string, text: string): string {
  const lines = new Set(text.split('\n'))
  let end = 'HOCL'
  while (lines.has(end)) end += '_'
  return `${command} <<'${end}'\n${text.replace(/\n*$/, '\n')}${end}`
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name}'`
}

/** The same run as a program in TypeScript that embeds HOCL. */
export function typeScript({ files, settings }: Project): string {
  const [main, ...others] = files
  const importsStandard = files.some(({ text }) => /\bimport\s+hocl\./.test(text))
  const modules = [
    ...(importsStandard ? ['...standardModules'] : []),
    ...others.map(({ name, text }) => `['./${name}', ${literal(text)}]`),
  ]
  const given =
    modules.length === 0 ? '' : `,\n  modules: new Map([\n    ${modules.join(',\n    ')},\n  ])`
  const head = [
    `import { ${settings.isStochastic ? 'Simulation, parse' : 'Reactor, parse'} } from 'hocl'`,
    `import { print } from 'hocl/interpreter'`,
    ...(importsStandard ? [`import { standardModules } from 'hocl/stdlib'`] : []),
  ]
  return `${head.join('\n')}

const program = parse(${literal(main.text)}, {
  name: '${main.name}'${given},
})

${settings.isStochastic ? simulated(settings) : reacted(settings)}
console.log(outcome.kind, outcome.reactions)
console.log(print(outcome.solution))
`
}

function reacted({ seed, strategy, limits }: RunSettings): string {
  const options = [`seed: ${String(seed)}`, `strategy: '${strategy}'`, ...limitFields(limits)]
  return `const reactor = Reactor.create(program, { ${options.join(', ')} })
const outcome = await reactor.run()`
}

/** Without simulated time, which a reactor does not know. */
function limitFields({ until: _, ...limits }: RunSettings['limits']): readonly string[] {
  const fields = Object.entries(limits as Readonly<Record<string, number>>)
  if (fields.length === 0) return []
  return [`limits: { ${fields.map(([name, n]) => `${name}: ${String(n)}`).join(', ')} }`]
}

function simulated({ seed, limits: { until, ...limits } }: RunSettings): string {
  const bounds = Object.entries({ depth: 1000, ...limits } as Readonly<Record<string, number>>)
  const fields = bounds.map(([name, n]) => `${name}: ${String(n)}`).join(', ')
  return `const simulation = new Simulation(program.first(${String(seed)}), {
  seed: ${String(seed)},${until === undefined ? '' : `\n  until: ${String(until)},`}
  limits: { ${fields} },
  clock: () => performance.now(),
})
const outcome = await simulation.run()`
}

/** A text as a template literal, which reads like the text. */
function literal(text: string): string {
  return `\`${text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&')}\``
}
