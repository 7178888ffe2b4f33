/*
 * Who may import whom: grammar ← interpreter ← vm ← workflow, distribution ← cli; the editor reads grammar and
 * interpreter; another layer is entered through its door, `index.ts`. test/architecture/layers.test.ts
 * plants a violation of each of these rules and must see it caught.
 *
 * Paths are tested with and without the `node_modules/` before them, so no rule anchors a package.
 */

const layers = 'grammar|interpreter|vm|worker|workflow|distribution|stdlib|editor|cli|playground'

/** Layers that run wherever JavaScript runs. An editor's wrappers for a host are not among them. */
const platformFree = {
  path: '^(grammar|interpreter|vm|workflow|stdlib|editor)/',
  pathNot: '^editor/(lsp|vscode)/',
}

/** A layer and the layers that it may know, besides itself. */
function mayImport(layer, ...known) {
  return {
    name: `${layer}-knows-its-place`,
    comment: `${layer}/ may import ${known.length === 0 ? 'no other layer' : `only ${known.join(', ')}`}.`,
    severity: 'error',
    from: { path: `^${layer}/` },
    to: {
      path: `^(${layers}|test|bench|examples|scripts)/`,
      pathNot: `^(${[layer, ...known].join('|')})/`,
    },
  }
}

/** An outside library lives in one place, so that it can be replaced there. */
function livesIn(name, library, home) {
  return {
    name,
    comment: `${library} is imported only in ${home}.`,
    severity: 'error',
    from: { path: `^(${layers})/`, pathNot: home },
    to: { path: `(^|node_modules/)(${library})(/|$)` },
  }
}

/** A layer of the platform-free core imports these outside libraries and no others. */
function onlyLibraries(layer, ...libraries) {
  return {
    name: `${layer}-has-few-libraries`,
    comment: `${layer}/ imports ${libraries.length === 0 ? 'no outside library' : `no outside library but ${libraries.join(', ')}`}.`,
    severity: 'error',
    from: { path: `^${layer}/`, pathNot: platformFree.pathNot },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      ...(libraries.length > 0 && { pathNot: `node_modules/(${libraries.join('|')})/` }),
    },
  }
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    mayImport('grammar'),
    mayImport('interpreter', 'grammar', 'stdlib'),
    mayImport('vm', 'grammar', 'interpreter', 'stdlib'),
    mayImport('worker', 'vm'),
    mayImport('workflow', 'grammar', 'interpreter', 'vm', 'stdlib'),
    mayImport('distribution', 'grammar', 'interpreter', 'vm', 'stdlib'),
    mayImport('editor', 'grammar', 'interpreter', 'stdlib'),
    mayImport('stdlib'),
    mayImport(
      'cli',
      'grammar',
      'interpreter',
      'vm',
      'worker',
      'workflow',
      'distribution',
      'editor',
      'stdlib',
    ),
    mayImport(
      'playground',
      'grammar',
      'interpreter',
      'vm',
      'workflow',
      'distribution',
      'editor',
      'stdlib',
      'examples',
    ),
    {
      name: 'through-the-door',
      comment:
        'Another layer is entered through its index.ts; inside a layer, import the file. What needs Node has a door of its own.',
      severity: 'error',
      from: { path: `^(${layers}|bench)/` },
      to: {
        path: `^(${layers})/`,
        pathNot: [
          '^$1/',
          `^(${layers})/index\\.ts$`,
          '^distribution/nats-(tcp|web)\\.ts$',
          '^editor/lsp/index\\.ts$',
        ],
      },
    },
    {
      name: 'not-through-the-own-door',
      comment:
        'Inside a layer, import the file: through the door every file would wait for every other.',
      severity: 'error',
      from: { path: `^(${layers})/`, pathNot: `^(${layers})/index\\.ts$` },
      to: { path: '^$1/index\\.ts$' },
    },
    {
      name: 'platform-free',
      comment: 'What touches the world enters as an argument: these layers run in a browser too.',
      severity: 'error',
      from: platformFree,
      to: { dependencyTypes: ['core'] },
    },
    livesIn('chevrotain-in-grammar', '@?chevrotain', '^grammar/'),
    livesIn('acorn-in-workflow', 'acorn', '^workflow/[^/]+\\.ts$'),
    livesIn('immutable-in-values', 'immutable', '^(interpreter|vm)/[^/]+\\.ts$'),
    livesIn('commander-in-cli', 'commander', '^cli/'),
    livesIn(
      'nats-in-its-adapters',
      '@nats-io|nats',
      '^distribution/nats-(bus|tcp|web|server)\\.ts$',
    ),
    livesIn('language-server-in-lsp', 'vscode-languageserver[^/]*', '^editor/lsp/'),
    livesIn('monaco-in-playground', 'monaco-editor', '^playground/'),
    onlyLibraries('grammar', 'chevrotain'),
    onlyLibraries('interpreter', 'immutable'),
    onlyLibraries('vm', 'immutable'),
    onlyLibraries('workflow', 'acorn'),
    onlyLibraries('stdlib'),
    onlyLibraries('editor'),
    {
      name: 'no-tcp-in-playground',
      comment: 'A browser has no TCP: the playground opens its connection with nats-web.ts.',
      severity: 'error',
      from: { path: '^playground/' },
      to: { path: '^distribution/nats-(tcp|server)\\.ts$' },
    },
    {
      name: 'no-cycles',
      comment: 'No cycle, not even one of types alone: move what both need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-development-libraries',
      comment:
        'What ships depends on what package.json lists under "dependencies"; commander and what answers editors are part of the command, which is bundled.',
      severity: 'error',
      from: { path: `^(${layers})/`, pathNot: '^playground/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: 'node_modules/(@types|commander|vscode-languageserver[^/]*)/',
      },
    },
    {
      name: 'resolvable',
      comment:
        'The file or package is not there. What begins with `virtual:` is made when the page is built.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    // Imports of types count: without this, layers and cycles are judged by what is left at run time.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
