import type { Plugin } from 'vite'

/** A module of Monaco that is imported, and whose names nothing here ever uses. */
interface Unused {
  /** Where it is, in Monaco's own folders. */
  readonly module: string
  /** What it would have been for. */
  readonly purpose: string
  readonly classes: readonly string[]
  /** Names of functions, with what they answer. */
  readonly functions?: Readonly<Record<string, string>>
  /** Where only one importer has no use for it. */
  readonly importer?: string
}

const drawing = 'drawing by the graphics processor, an option that is off'
const colours = 'picking colours in texts'

const unused: readonly Unused[] = [
  ...['DiffEditorWidget', 'MultiDiffEditorWidget'].map((name) => ({
    module: `editor/browser/widget/${name === 'DiffEditorWidget' ? 'diffEditor/diff' : 'multiDiffEditor/multiDiff'}EditorWidget.js`,
    purpose: 'comparing texts',
    classes: [name],
  })),
  {
    module: 'editor/browser/gpu/viewGpuContext.js',
    purpose: drawing,
    classes: ['ViewGpuContext'],
  },
  {
    module: 'editor/browser/viewParts/viewLinesGpu/viewLinesGpu.js',
    purpose: drawing,
    classes: ['ViewLinesGpu'],
  },
  {
    module: 'editor/browser/viewParts/rulersGpu/rulersGpu.js',
    purpose: drawing,
    classes: ['RulersGpu'],
  },
  {
    module: 'editor/browser/viewParts/gpuMark/gpuMark.js',
    purpose: drawing,
    classes: ['GpuMarkOverlay'],
  },
  {
    module: 'editor/common/model/tokens/treeSitter/treeSitterSyntaxTokenBackend.js',
    purpose: 'colours by tree-sitter, which no language here has',
    classes: ['TreeSitterSyntaxTokenBackend'],
  },
  {
    module: 'editor/common/services/editorWebWorker.js',
    purpose: "the work of Monaco's worker in the page, where no worker can be made",
    classes: ['EditorWorker'],
    importer: 'editor/browser/services/editorWorkerService.js',
  },
  {
    module: 'editor/contrib/colorPicker/browser/hoverColorPicker/hoverColorPicker.js',
    purpose: colours,
    classes: [],
    functions: { isOnColorDecorator: 'false' },
  },
  {
    module: 'editor/contrib/colorPicker/browser/hoverColorPicker/hoverColorPickerParticipant.js',
    purpose: colours,
    classes: ['ColorHover', 'HoverColorPickerParticipant'],
  },
]

const parts = /[\\/]monaco-editor[\\/]esm[\\/]vs[\\/](.*)$/
const PREFIX = '\0unused:'

/**
 * Monaco without what nothing here asks for, though its parts refer to it: a tenth of it. Its features are
 * imported for what they do, though the package that imports them has no side effects otherwise.
 */
export const slimMonaco = (): Plugin => {
  const left = new Set<Unused>()
  return {
    name: 'slim-monaco',
    enforce: 'pre',
    apply: 'build',
    resolveId: {
      filter: { id: new RegExp(unused.map(({ module }) => fileName(module)).join('|')) },
      async handler(source, importer, options) {
        const found = await this.resolve(source, importer, { ...options, skipSelf: true })
        const part = partOf(found?.id)
        const absent = unused.find(({ module }) => module === part)
        if (absent === undefined) return found
        if (absent.importer !== undefined && absent.importer !== partOf(importer)) return found
        left.add(absent)
        return { id: PREFIX + absent.module, moduleSideEffects: false }
      },
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined
      const absent = unused.find(({ module }) => module === id.slice(PREFIX.length))
      return absent && textOf(absent)
    },
    transform: {
      filter: { id: /[\\/]playground[\\/]editor[\\/]monaco\.ts$/ },
      handler: (code) => ({ code, moduleSideEffects: true }),
    },
    buildEnd(error) {
      // Another version of Monaco may be made of other parts: the list is then looked through again.
      const wrong = unused.filter((each) => !left.has(each))
      if (error === undefined && wrong.length > 0)
        this.error(`not in Monaco: ${wrong.map(({ module }) => module).join(', ')}`)
    },
  }
}

function partOf(id: string | undefined): string | undefined {
  return parts.exec(id ?? '')?.[1]?.replaceAll('\\', '/')
}

function fileName(module: string): string {
  return module.slice(module.lastIndexOf('/')).replaceAll('.', '\\.')
}

function textOf({ purpose, classes, functions = {} }: Unused): string {
  const thrown = `throw new Error(${JSON.stringify(`not here: ${purpose}`)})`
  return [
    ...classes.map((name) => `export class ${name} { constructor() { ${thrown} } }`),
    ...Object.entries(functions).map(([name, answer]) => `export const ${name} = () => ${answer}`),
  ].join('\n')
}
