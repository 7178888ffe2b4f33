import { join } from 'node:path'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { codePages } from './build/code-pages.ts'
import { iconFont } from './build/icon-font.ts'
import { offline } from './build/offline.ts'
import { preload } from './build/preload.ts'
import { slimMonaco } from './build/slim-monaco.ts'
import { threads } from './build/threads.ts'
import { learnContent } from './learn/content-plugin.ts'
import { words } from './build/words.ts'
import { policyOf } from './policy.ts'

/** Built pages carry their policy with them, wherever they are put. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: (_, { path }) => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policyOf(path) },
      injectTo: 'head-prepend',
    },
  ],
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [
    slimMonaco(),
    iconFont(),
    threads(),
    words,
    contentSecurityPolicy,
    preload,
    learnContent(),
    codePages,
    offline,
  ],
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/playground',
    emptyOutDir: true,
    target: 'es2024',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'server.html'].map((page) => join(import.meta.dirname, page)),
    },
    // The editor is one large part, and known to be.
    chunkSizeWarningLimit: 5_000,
  },
})
