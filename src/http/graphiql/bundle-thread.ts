import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import type { Bundle } from './bundle.ts'

const [{ css, js, editorWorkerService, jsonWorker, graphqlWorker }, style, start] = await Promise.all([
  import('@graphql-yoga/render-graphiql/graphiql'),
  readFile(new URL('style.css', import.meta.url), 'utf8'),
  readFile(new URL('start.js', import.meta.url), 'utf8'),
])
const texts: Record<keyof Bundle['files'], string> = {
  'graphiql.css': css + style,
  'graphiql.js': `${js};\n{\n${start}}\n`,
  'editor.js': editorWorkerService,
  'json.js': jsonWorker,
  'graphql.js': graphqlWorker,
}
const hash = createHash('sha256')
for (const text of Object.values(texts)) hash.update(text)
const files = Object.fromEntries(
  Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]),
) as Bundle['files']
const bundle: Bundle = { version: hash.digest('hex').slice(0, 12), files }
parentPort!.postMessage(
  bundle,
  Object.values(files).map(({ buffer }) => buffer),
)
