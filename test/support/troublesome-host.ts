/** A host module of which each function is trouble of its own kind, as files of a folder. */
export const troublesome = {
  'h.ts': `export const never = () => { process.stderr.write('asked'); return new Promise(() => undefined) }
export const stray = () => { setTimeout(() => { throw new Error('too late') }); return 1 }
export const later = (x: number) => new Promise((answer) => setTimeout(() => answer(x + 1), 1))
export const loop = () => { process.stdout.write('looping'); for (;;); }
`,
}
