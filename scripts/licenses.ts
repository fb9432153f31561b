import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Manifest {
  name: string
  version: string
  license: string
  repository: { url: string }
}

/**
 * Returns the name, the version, and the license of each package that has one of the modules.
 *
 * @param modules Paths of modules. Modules outside of `node_modules` are ignored.
 * @throws Error if a package has neither a file with its license nor the MIT license.
 */
export function formatLicenses(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  return [...folders]
    .sort()
    .map(formatLicense)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function formatLicense(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)/i.test(name))
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const text = texts.length > 0 ? texts.join('\n\n') : formatMitLicense(manifest)
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`
}

/** Some packages name only the license. */
function formatMitLicense({ name, license, repository }: Manifest): string {
  if (license !== 'MIT') throw new Error(`${name} has no file with its license.`)
  return `Copyright (c) the authors of ${repository.url}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`
}
