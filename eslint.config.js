import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const typescript = ['**/*.ts', '**/*.tsx']

/** Layers that run wherever JavaScript runs. An editor's wrappers for a host are not among them. */
const platformFree = [
  'grammar/**',
  'interpreter/**',
  'vm/**',
  'workflow/**',
  'stdlib/**',
  'editor/**',
]
const hosted = ['editor/lsp/**', 'editor/vscode/**']

/** Generated code, stores and kernels may be ugly inside one function, with a bench named beside it. */
const hotLoops = ['vm/code/**', 'vm/store/**', 'vm/kernels/**', 'bench/hand/**']

const clocks = [
  { object: 'Date', property: 'now', message: 'Take a Clock: a run must be repeatable.' },
  { object: 'performance', property: 'now', message: 'Take a Clock: a run must be repeatable.' },
  { object: 'Math', property: 'random', message: 'Take a Random: a run must be repeatable.' },
]
const exits = [
  { object: 'process', property: 'exit', message: 'Only cli/ ends the process; return or throw.' },
]

const exhaustiveness = tseslint.plugin.rules['switch-exhaustiveness-check']

/**
 * Each kind of a union has its case. A switch over `typeof x` is left to the compiler, which knows that
 * only some of the eight answers are possible; the rule asks for all of them.
 */
const house = {
  rules: {
    'exhaustive-switch': {
      ...exhaustiveness,
      create(context) {
        const { SwitchStatement: check } = exhaustiveness.create(context)
        return {
          SwitchStatement(node) {
            if (node.discriminant.operator !== 'typeof') check(node)
          },
        }
      },
    },
  },
}

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'examples/data/', 'test/package/application/']),

  js.configs.recommended,
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { house },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // A new kind must break the build. A `default` is a decision about all kinds to come, and is
      // written only where most kinds are treated alike.
      'house/exhaustive-switch': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],

      // Numbers, bigints and booleans print as one expects.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNever: true },
      ],
      // An `as` has its proof in a comment beside it; that is for a reader to judge.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A string spreads into its code points, which is what sets of characters want.
      '@typescript-eslint/no-misused-spread': 'off',
      // Walking a chain of parents starts at `this`.
      '@typescript-eslint/no-this-alias': 'off',
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],

      // The house asks for 3 parameters and 40 lines; the linter stops only what is far from that.
      'max-params': ['error', 4],
      'max-lines': ['error', 500],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],

      eqeqeq: 'error',
      'no-console': 'error',
      'no-else-return': ['error', { allowElseIf: true }],
      'no-restricted-properties': ['error', ...clocks, ...exits],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export a name, so that it is the same everywhere.',
        },
        {
          selector: "ExportAllDeclaration[exportKind='value']",
          message: 'List the names: a door is read. Types alone may come together.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take a Clock: a run must be repeatable.',
        },
      ],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },

  {
    files: platformFree,
    ignores: hosted,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:*'],
              message: 'This layer runs in a browser too: take it as an argument.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'require', 'global', 'window', 'document', 'navigator'],
        ...[
          'self',
          'fetch',
          'XMLHttpRequest',
          'WebSocket',
          'localStorage',
          'indexedDB',
          'postMessage',
        ],
      ],
    },
  },

  {
    files: hotLoops,
    rules: {
      // An index that is in bounds by the invariant of its loop needs no test in the loop.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'max-lines-per-function': 'off',
      'max-params': 'off',
    },
  },
  {
    // It is generated, and as long as the standard modules are.
    files: ['stdlib/index.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    // What it generates is a function's text.
    files: ['vm/code/**'],
    rules: {
      '@typescript-eslint/no-implied-eval': 'off',
    },
  },

  {
    files: ['cli/**', 'playground/**', 'bench/**', 'scripts/**'],
    rules: {
      'no-console': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['cli/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export a name, so that it is the same everywhere.',
        },
      ],
    },
  },

  {
    // A test reads what it has just made: it may be sure where a program may not.
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-properties': ['error', ...clocks.filter(({ object }) => object === 'Math')],
    },
  },

  {
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['playground/public/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { location: 'readonly', document: 'readonly' },
    },
  },
  {
    files: ['scripts/site/*.js'],
    languageOptions: { globals: { document: 'readonly' } },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', __dirname: 'readonly' },
    },
  },
)
