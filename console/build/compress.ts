import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const text = /\.(js|css|html|svg|json)$/

/**
 * Writes a .gz and a .br beside every text file that was built, for the hub to choose between, and
 * `files.txt`, the list of what there is.
 */
export function compress(folder: string): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    async closeBundle() {
      const found = await readdir(folder, { recursive: true, withFileTypes: true })
      const names = found
        .filter((file) => file.isFile())
        .map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/'))
        .sort()
      await writeFile(join(folder, 'files.txt'), names.map((name) => `${name}\n`).join(''))
      await Promise.all(
        names.filter((name) => text.test(name)).map((name) => write(join(folder, name))),
      )
    },
  }
}

async function write(path: string): Promise<void> {
  const plain = await readFile(path)
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(plain, { level: 9 }),
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  ])
  await Promise.all([writeFile(`${path}.gz`, zipped), writeFile(`${path}.br`, brotli)])
}
