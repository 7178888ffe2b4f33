/** A page of `hocl help` that is not about one command. */
export interface Topic {
  readonly summary: string
  readonly text: string
}

/** The pages by name, in the order of the list. */
export const topics: ReadonlyMap<string, Topic> = new Map([
  [
    'language',
    {
      summary: 'the language on one page',
      text: `# The language on one page

A program is a solution: molecules between \`<\` and \`>\`. Some are rules; they react until none can.

\`\`\`hocl
let max = replace x, y by x if x >= y in
< 2, 3, 5, 8, 9, max >
\`\`\`

\`\`\`
42  2.5  "text"  true  SRC         an Int, a Float, a string, a boolean, a symbol
1:"a":X   [1, 2]   <1, 2>          a tuple, a list, a solution
replace P by M if C                a rule that stays
replace-one P by M if C            a rule that reacts once (short: one)
with P inject M                    once, and what it matched stays
let name = … in                    a definition; \`let rec\` sees itself
let name(a, b) = … in              a definition with parameters
x  x::Int  _  A:x  <x, ω>  [x, ?w] patterns: any molecule, a type, a tuple, an inert solution, a list
x^3  x^-1  x^∞  x^n                copies, anti-molecules, endless supplies, as many as there are
import hocl.sets;                  a standard module; \`import "./file.hocl";\` a file
\`\`\`

A pattern looks into a solution only when that one is inert. \`hocl repl\` is the place to try.`,
    },
  ],
  [
    'data',
    {
      summary: 'reading and writing data',
      text: `# Reading and writing data

\`--in FILE\` adds the molecules of a file to the solution before it reacts, \`--in NAME=FILE\` each as \`NAME:molecule\`. \`-\` is the standard input. The suffix tells the format, or \`--in-format\`:

\`\`\`
hocl       molecules with commas between them: literals, tuples, lists, solutions
json       the elements of an array; an object is the solution of its "key":value tuples
ndjson     one value a line
csv        one tuple a row; the first row is skipped unless --no-header; --separator
txt        one string a line
hocl-json  what \`hocl run --json\` prints: nothing is lost
\`\`\`

\`--inject 'MOLECULES'\` adds what is written there, in the scope of the program.
\`--out-format hocl|json|ndjson|csv\` prints the data of the result, without rules; \`--json\` the whole result as one object.`,
    },
  ],
  [
    'tests',
    {
      summary: 'the marks that `hocl test` reads',
      text: `# The marks that \`hocl test\` reads

A program says in comments what must come out:

\`\`\`
//=> < 9, max >        the only inert result
//=> limit 100         never inert: 100 reactions happen, and more could
//=| < 1 >             one of several results, a line each: exactly these
//=? molecules 3       how many molecules are left
//=? matches <x, ω>    a pattern for the result, possibly with \`if …\`
//=? warns HOCL303     the checker warns so
//=! HOCL401           the program is refused so
//=! failed by zero    a product fails with these words
//## reactions 2       each run takes so many
//## limit molecules 5 the run is bounded: reactions, molecules, depth
//<< inject 1, 2       is added when the run has ended, and the run goes on
//   ^ HOCL203 text    this diagnostic, at this column of the line above
\`\`\`

\`\`\`hocl\`\`\` blocks in \`///\` comments of a module are tests, too. Each program runs with several seeds.`,
    },
  ],
  [
    'exit-codes',
    {
      summary: 'what scripts can rely on',
      text: `# Exit codes

\`\`\`
0    inert; for other commands: all is well
1    the program, its data or a host module is wrong; tests failed; fmt --check found something
2    wrong usage, or a file that is not there
3    stopped by a limit
4    a product had no value
70   a fault of hocl itself
130  interrupted with Ctrl-C
143  terminated
\`\`\`

The result goes to the standard output, everything else to the standard error output.`,
    },
  ],
  [
    'hosts',
    {
      summary: 'calling JavaScript and TypeScript',
      text: `# Calling JavaScript and TypeScript

\`--host FILE\` loads a .ts, .js or .mjs file. What it exports can be called:

\`\`\`
export class Point { … toHocl() { return [this.x, this.y] } }
export function twice(n: number) { return 2 * n }
export async function invoke(url: string) { … }
export const LIMIT = 10
export const pure = ['twice', 'Point.dist']
\`\`\`

\`twice(x)\` and \`file.twice(x)\` call a function, \`file.LIMIT\` is a constant, \`new Point(1, 2)\` a value, \`p::Point\` a type, \`p.dist(q)\` a method, \`p.x\` a field. Only what \`pure\` lists may stand in conditions. An asynchronous function may stand in products: its answer comes later.`,
    },
  ],
])
