import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Reply } from '../reply.ts'

interface Asset {
  type: string
  bytes: Buffer
  /** Compressed bytes by coding. Each is made when it is requested for the first time. */
  coded: Map<string, Promise<Buffer>>
}

const script = 'text/javascript; charset=utf-8'

const coders: Record<string, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
}

/** The program files of GraphiQL, by path. */
export class GraphiqlAssets {
  readonly #byPath: ReadonlyMap<string, Asset>

  private constructor(byPath: ReadonlyMap<string, Asset>) {
    this.#byPath = byPath
  }

  /** Every path begins with `folder`, and changes with the files. */
  static async load(folder: string): Promise<GraphiqlAssets> {
    const [{ css, js, ...bundle }, style, start] = await Promise.all([
      import('@graphql-yoga/render-graphiql/graphiql'),
      readFile(new URL('style.css', import.meta.url), 'utf8'),
      readFile(new URL('start.js', import.meta.url), 'utf8'),
    ])
    const files: [name: string, type: string, text: string][] = [
      ['graphiql.css', 'text/css; charset=utf-8', css + style],
      ['graphiql.js', script, `${js};\n{\n${start}}\n`],
      ['editor.js', script, bundle.editorWorkerService],
      ['json.js', script, bundle.jsonWorker],
      ['graphql.js', script, bundle.graphqlWorker],
    ]
    const hash = createHash('sha256')
    for (const [, , text] of files) hash.update(text)
    const base = `${folder}${hash.digest('hex').slice(0, 12)}/`
    return new GraphiqlAssets(
      new Map(files.map(([name, type, text]) => [base + name, { type, bytes: Buffer.from(text), coded: new Map() }])),
    )
  }

  getPath(name: string): string {
    return [...this.#byPath.keys()].find((path) => path.endsWith(`/${name}`)) ?? ''
  }

  /** Returns null if there is no such file. */
  async reply(path: string, request: IncomingMessage): Promise<Reply | null> {
    const asset = this.#byPath.get(path)
    if (!asset) return null
    const accepted = String(request.headers['accept-encoding'] ?? '')
    const coding = Object.keys(coders).find((name) =>
      new RegExp(`(^|[ ,])${name}\\b(?!;q=0(\\.0*)?(,|$))`).test(accepted),
    )
    const headers = {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(coding && { 'content-encoding': coding }),
    }
    return { status: 200, headers, body: coding ? await compress(asset, coding) : asset.bytes }
  }
}

function compress(asset: Asset, coding: string): Promise<Buffer> {
  const known = asset.coded.get(coding)
  if (known) return known
  const bytes = (coders[coding] as (bytes: Buffer) => Promise<Buffer>)(asset.bytes)
  asset.coded.set(coding, bytes)
  return bytes
}
