import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { OutgoingResponse } from '../response/outgoing-response.ts'
import { fileNames, readBundle } from './bundle.ts'

interface Asset {
  /** Value of the header `Content-Type`. */
  type: string
  bytes: Buffer
  /** Compressed bytes by content coding, created at the first request for them. */
  coded: Map<string, Promise<Buffer>>
}

const coders: Record<string, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
}

/** Files of GraphiQL, by path. */
export class GraphiqlAssets {
  readonly #byPath: ReadonlyMap<string, Asset>

  private constructor(byPath: ReadonlyMap<string, Asset>) {
    this.#byPath = byPath
  }

  /** Loads the files. Their paths begin with `folder` and contain a version that changes with the files. */
  static async load(folder: string): Promise<GraphiqlAssets> {
    const { version, files } = await readBundle()
    const toAsset = (name: (typeof fileNames)[number]): [path: string, asset: Asset] => {
      const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
      const bytes = Buffer.from(files[name].buffer)
      return [`${folder}${version}/${name}`, { type: `${type}; charset=utf-8`, bytes, coded: new Map() }]
    }
    return new GraphiqlAssets(new Map(fileNames.map(toAsset)))
  }

  /** Whether a path has the form of a file's path. Does not load the files. */
  static isPath(path: string, folder: string): boolean {
    const [version = '', name, ...rest] = path.startsWith(folder) ? path.slice(folder.length).split('/') : []
    return /^[0-9a-f]{12}$/.test(version) && fileNames.some((fileName) => fileName === name) && rest.length === 0
  }

  /** Returns the path of a file, or an empty string if there is no such file. */
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
    return { status: 200, headers, body: coding ? await compressAsset(asset, coding) : asset.bytes }
  }
}

/** Compresses a file once for each coding. */
function compressAsset(asset: Asset, coding: string): Promise<Buffer> {
  const compressed = asset.coded.get(coding)
  if (compressed) return compressed
  const bytes = (coders[coding] as (bytes: Buffer) => Promise<Buffer>)(asset.bytes)
  asset.coded.set(coding, bytes)
  return bytes
}
