import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import type { Plugin } from 'vite'

const NAME = 'virtual:contract'
const RESOLVED = '\0' + NAME

/** Makes the API’s contract a module, so that the browser has no YAML to read. */
export function contract(file: string): Plugin {
  return {
    name: 'contract',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined
      this.addWatchFile(file)
      const text = JSON.stringify(load(await readFile(file, 'utf8')))
      return `export default JSON.parse(${JSON.stringify(text)})`
    },
  }
}
