import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/parts.ts', 'test/support/command.ts'],
    setupFiles: ['test/support/seed.ts'],
    exclude: [...configDefaults.exclude, 'dist/**'],
    // By default one core is left to somebody who waits at it.
    maxWorkers: '100%',
    // A test waits for a condition, never for time; this only ends what would hang.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    coverage: {
      include: ['grammar/**/*.ts', 'interpreter/**/*.ts', 'vm/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
})
