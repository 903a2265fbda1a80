import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { compress } from './build/compress.ts'
import { contract } from './build/contract.ts'

const out = fileURLToPath(new URL('./target/site', import.meta.url))
const hub = process.env.FAIRLEAD_URL ?? 'http://127.0.0.1:8080'

// In development the hub is asked by proxy: cookies and the contract are as they are in the jar.
const paths = ['/v1', '/links', '/healthz', '/readyz', '/openapi.yaml']

export default defineConfig({
  plugins: [
    react(),
    contract(fileURLToPath(new URL('../api/openapi.yaml', import.meta.url))),
    compress(out),
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: out,
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: Object.fromEntries(paths.map((path) => [path, { target: hub, changeOrigin: false }])),
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
