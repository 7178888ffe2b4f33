import {
  createConnection,
  DidChangeWatchedFilesNotification,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import type { InitializeParams, InitializeResult } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { Workspace } from '../workspace.ts'
import { answerQuestions } from './answers.ts'
import { legend } from './conversion.ts'
import { programsIn, readUri, StandardFiles } from './files.ts'
import { Publisher } from './publisher.ts'
import type { ServerOptions, Session } from './session.ts'

/** Answers an editor until it says goodbye. The promise is kept with the exit code. */
export function serveEditor(options: ServerOptions): Promise<number> {
  const { input, output } = options
  const connection = createConnection(input, output)
  const workspace = new Workspace({
    read: readUri,
    ...(options.host !== undefined && { host: options.host }),
    ...(options.checks !== undefined && { checks: options.checks }),
  })
  const standard = new StandardFiles()
  let client: InitializeParams | undefined
  let hasShutDown = false
  const session: Session = {
    connection,
    workspace,
    options,
    capabilities: () => client?.capabilities ?? {},
    document: (uri) => workspace.document(uri),
    shown: (uri) => standard.shown(uri),
    readAll: () => {
      for (const folder of foldersOf(client))
        for (const uri of programsIn(folder)) workspace.document(uri)
    },
  }
  connection.onInitialize((params) => {
    client = params
    return initialized(options)
  })
  connection.onInitialized(() => {
    watchFiles(session)
  })
  followTexts(session)
  answerQuestions(session)
  connection.onShutdown(() => {
    hasShutDown = true
    standard.close()
  })
  connection.listen()
  return new Promise((resolve) => {
    const end = (): void => {
      standard.close()
      resolve(hasShutDown ? 0 : 1)
    }
    connection.onExit(end)
    // An editor that is gone says nothing.
    input.on('end', end).on('close', end)
  })
}

function initialized({ version }: ServerOptions): InitializeResult {
  return {
    serverInfo: { name: 'hocl', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      completionProvider: { triggerCharacters: ['.', ':', '"'], resolveProvider: true },
      hoverProvider: true,
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      workspaceSymbolProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'] },
      codeLensProvider: {},
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      renameProvider: { prepareProvider: true },
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      semanticTokensProvider: { legend, full: true, range: true },
      inlayHintProvider: true,
    },
  }
}

function foldersOf(client: InitializeParams | undefined): readonly string[] {
  const folders = client?.workspaceFolders?.map(({ uri }) => uri)
  // Older clients name one folder in this way.
  const root = (client as { readonly rootUri?: string | null } | undefined)?.rootUri
  return folders ?? (typeof root === 'string' ? [root] : [])
}

/** Texts come as they are typed; those of an older version change nothing. */
function followTexts({ connection, workspace, options, shown }: Session): void {
  const texts = new TextDocuments(TextDocument)
  const publisher = new Publisher(connection, workspace, { ...options, shown })
  texts.onDidChangeContent(({ document }) => {
    workspace.update(document.uri, document.version, document.getText())
    publisher.publishSoon()
  })
  texts.onDidClose(({ document }) => {
    workspace.close(document.uri)
    publisher.forget(document.uri)
    publisher.publishSoon()
  })
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) workspace.changed(uri)
    publisher.publishSoon()
  })
  texts.listen(connection)
}

/** Files that are imported may be changed by others, too. */
function watchFiles({ connection, capabilities }: Session): void {
  if (capabilities().workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return
  const watchers = [{ globPattern: '**/*.hocl' }]
  void connection.client
    .register(DidChangeWatchedFilesNotification.type, { watchers })
    .catch(() => undefined)
}
