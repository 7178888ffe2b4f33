/** What a keyword is for, with an example, as Markdown; the key is the word. */
export const keywordWords: ReadonlyMap<string, string> = new Map([
  [
    'replace',
    text(
      '`replace P by M if C`: a rule that stays. It takes molecules that match its patterns and gives its products, as often as it can.',
      '< 2, 9, 5, replace x, y by x if x >= y >',
    ),
  ],
  [
    'replace-one',
    text(
      '`replace-one P by M if C`: a rule that reacts once and is used up.',
      '< 1, 2, replace-one x by x + 10 >',
    ),
  ],
  ['one', text('`one P by M`: the same as `replace-one`.', '< 1, 2, one x by x + 10 >')],
  [
    'with',
    text(
      '`with P inject M`: a rule that reacts once, leaves what it matched where it was, and adds its products.',
      '< READY, with READY inject GO >',
    ),
  ],
  ['inject', 'What a `with` rule adds. What it matched stays.'],
  ['by', 'What a rule gives for what it took.'],
  [
    'if',
    text(
      'The condition of a rule: it reacts only where this is true. A condition that fails counts as false.',
      '< 3, 8, replace x, y by y if y > x >',
    ),
  ],
  [
    'let',
    text(
      '`let name = … in`: gives a molecule or rule a name for what follows. With parameters, `let add(n) = …`, it is put in wherever it is called.',
      'let add(n) = replace-one x::Int by x + n in\n< 1, add(2) >',
    ),
  ],
  [
    'rec',
    text(
      '`let rec f = …`: a rule that can use its own name. Consecutive ones see one another.',
      'let rec down = replace-one n::Int by n - 1, down if n > 0 in\n< 3, down >',
    ),
  ],
  ['in', 'Ends a definition; what follows can use its name.'],
  [
    'import',
    text(
      '`import hocl.sets;` makes the definitions of a standard module known, `import "./file.hocl";` those of a file. They come in plainly, and behind the name of the module: `sets.unique`.',
      'import hocl.sets;\n< 1, 1, 2, unique >',
    ),
  ],
  ['as', 'Gives an imported module another name: `import hocl.sets as s;`.'],
  ['package', 'The package of an Inria HOCL program. It has no meaning here.'],
  [
    'new',
    '`new T(…)`: a value of a class of the host, or of one of Java’s boxes, which is a plain value.',
  ],
  ['true', 'The Bool that holds.'],
  ['false', 'The Bool that does not hold.'],
  ['null', 'The symbol `NULL`.'],
  ['nothing', 'No molecule at all: the same as `∅`.'],
  ['instanceof', 'Whether a value is of a type: `x instanceof Int`.'],
  ['divides', '`a divides b`: whether `b % a` is 0.'],
  ['inf', '`∞`: an Int above all others. As a multiplicity, a supply that never runs out.'],
  ['extends', 'Bounds a type argument of Java. It has no meaning here.'],
  ['super', 'Bounds a type argument of Java. It has no meaning here.'],
])

/** What a mark means, where that is worth a word. */
export const markWords: ReadonlyMap<string, string> = new Map([
  [
    '^',
    '`x^n`: so many copies of a molecule; in patterns `x^k` binds how many there are. It is no power: that is `pow(x, n)`.',
  ],
  ['@', 'The rate of a rule: how often it reacts in a simulation, `hocl run --stochastic`.'],
  ['∅', 'No molecule at all.'],
  ['∞', 'An Int above all others. As a multiplicity, a supply that never runs out.'],
  ['::', '`x::T`: takes only molecules of that type.'],
  ['...', '`...e`: the molecules of a list or solution, one by one.'],
  ['_', 'Takes a molecule without naming it.'],
])

/** What a type selects. */
export const typeWords: ReadonlyMap<string, string> = new Map([
  ...names(
    'Int int Integer BigInteger Long long Short short Byte byte',
    'An integer, exact at any size.',
  ),
  ...names(
    'Float float Double double',
    'A finite floating-point number: `2.5`. `1` and `1.0` are different molecules.',
  ),
  ...names('Number', 'An Int or a Float.'),
  ...names('Bool boolean Boolean', '`true` or `false`.'),
  ...names('String char Character', 'A string. A character is a string of length one.'),
  ...names('Symbol', 'A word in capitals that stands for itself: `READY`.'),
  ...names('Tuple', 'Fields with colons between: `1:"a":X`.'),
  ...names('List', 'An ordered list: `[1, 2]`.'),
  ...names('Solution', 'A multiset of molecules: `<1, 2>`. It is taken only when it is inert.'),
  ...names('Rule', 'A rule, which is a molecule too.'),
  ...names('Any', 'Any molecule.'),
  ...names('Object', 'Any molecule but rules and solutions.'),
])

function names(words: string, meaning: string): readonly (readonly [string, string])[] {
  return words.split(' ').map((word) => [word, meaning])
}

function text(sentence: string, example: string): string {
  return `${sentence}\n\n\`\`\`hocl\n${example}\n\`\`\``
}
