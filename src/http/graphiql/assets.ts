import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { OutgoingResponse } from '../response/outgoing-response.ts'
import { fileNames, readBundle } from './bundle.ts'

interface Asset {
  type: string
  bytes: Buffer
  /** Compressed bytes by coding. Each is made when it is requested for the first time. */
  coded: Map<string, Promise<Buffer>>
}

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
    const { version, files } = await readBundle()
    const toAsset = (name: (typeof fileNames)[number]): [path: string, asset: Asset] => {
      const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
      const bytes = Buffer.from(files[name].buffer)
      return [`${folder}${version}/${name}`, { type: `${type}; charset=utf-8`, bytes, coded: new Map() }]
    }
    return new GraphiqlAssets(new Map(fileNames.map(toAsset)))
  }

  /** Whether a path can be one of a file. Needs no files. */
  static isPath(path: string, folder: string): boolean {
    const [version = '', name, ...rest] = path.startsWith(folder) ? path.slice(folder.length).split('/') : []
    return /^[0-9a-f]{12}$/.test(version) && fileNames.some((known) => known === name) && rest.length === 0
  }

  getPath(name: string): string {
    return [...this.#byPath.keys()].find((path) => path.endsWith(`/${name}`)) ?? ''
  }

  /** Returns null if there is no such file. */
  async reply(path: string, request: IncomingMessage): Promise<OutgoingResponse | null> {
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
