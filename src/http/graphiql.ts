import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Caller } from '../caller.ts'
import type { Reply } from './reply.ts'

/** An operation that GraphiQL opens with. */
export interface Example {
  query: string
  /** JSON. */
  variables?: string
}

export interface Playground {
  title: string
  /** The tabs that this caller's page opens with. */
  examples(caller: Caller): readonly Example[]
}

interface Asset {
  type: string
  bytes: Buffer
  /** Its compressed forms, made when first asked for. */
  coded: Map<string, Promise<Buffer>>
}

const folder = '/graphql/assets/'
const script = 'text/javascript; charset=utf-8'
const workers = { editorWorkerService: 'editor.js', json: 'json.js', graphql: 'graphql.js' }

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // The editor makes its style elements while it runs.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** On a narrow screen, what GraphiQL puts side by side stands one above the other; the docs take the place of all of it. */
const narrow = `@media (max-width: 700px) {
  .graphiql-container { --sidebar-width: 44px; }
  .graphiql-container .graphiql-main, .graphiql-container #graphiql-session { flex-direction: column; }
  .graphiql-main > *, #graphiql-session > * { flex: 1 1 0 !important; min-width: 0 !important; min-height: 0; }
  .graphiql-main > .graphiql-horizontal-drag-bar, #graphiql-session > .graphiql-horizontal-drag-bar { display: none; }
  .graphiql-main:has(> .graphiql-plugin > *) > .graphiql-sessions { display: none; }
  .graphiql-container .graphiql-sessions { margin: 4px; }
  .graphiql-container .graphiql-query-editor { padding: 8px; column-gap: 4px; }
  .graphiql-container .graphiql-logo { display: none; }
}`

const coders: Record<string, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
}

/** GraphiQL, with every byte from this server. */
export class GraphiQL {
  readonly #playground: Playground
  #assets: Promise<ReadonlyMap<string, Asset>> | null = null

  constructor(playground: Playground) {
    this.#playground = playground
  }

  async page(caller: Caller): Promise<Reply> {
    const names = [...(await this.#load()).keys()]
    const address = (name: string) => names.find((path) => path.endsWith(`/${name}`)) ?? ''
    const { title } = this.#playground
    const defaultTabs = this.#playground.examples(caller)
    const settings = { title, endpoint: '/graphql', defaultTabs, shouldPersistHeaders: false }
    const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${address('graphiql.css')}"></head>
<body class="no-focus-outline"><noscript>GraphiQL needs JavaScript.</noscript><div id="root"></div>
<script id="settings" type="application/json">${JSON.stringify(settings).replaceAll('<', '\\u003c')}</script>
<script src="${address('graphiql.js')}"></script></body>
</html>
`
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
    return { status: 200, headers, body }
  }

  /** Null where there is no such file. */
  async asset(path: string, request: IncomingMessage): Promise<Reply | null> {
    const asset = path.startsWith(folder) ? (await this.#load()).get(path) : undefined
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
    return { status: 200, headers, body: coding ? await compressed(asset, coding) : asset.bytes }
  }

  #load(): Promise<ReadonlyMap<string, Asset>> {
    this.#assets ??= loadAssets()
    return this.#assets
  }
}

async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  const { css, js, ...bundle } = await import('@graphql-yoga/render-graphiql/graphiql')
  const version = createHash('sha256').update(js).update(css).update(narrow).digest('hex').slice(0, 12)
  const base = `${folder}${version}/`
  const files: [name: string, type: string, text: string][] = [
    ['graphiql.css', 'text/css; charset=utf-8', css + narrow],
    ['graphiql.js', script, started(js, base)],
    [workers.editorWorkerService, script, bundle.editorWorkerService],
    [workers.json, script, bundle.jsonWorker],
    [workers.graphql, script, bundle.graphqlWorker],
  ]
  return new Map(
    files.map(([name, type, text]) => [base + name, { type, bytes: Buffer.from(text), coded: new Map() }] as const),
  )
}

/** The bundle between what it needs to find its workers and the call that shows it. */
function started(js: string, base: string): string {
  return `const workers = ${JSON.stringify(workers)};
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => ${JSON.stringify(base)} + workers[label] };
${js};
YogaGraphiQL.renderYogaGraphiQL(
  document.querySelector('#root'),
  JSON.parse(document.querySelector('#settings').textContent),
);
`
}

function compressed(asset: Asset, coding: string): Promise<Buffer> {
  const known = asset.coded.get(coding)
  if (known) return known
  const bytes = (coders[coding] as (bytes: Buffer) => Promise<Buffer>)(asset.bytes)
  asset.coded.set(coding, bytes)
  return bytes
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
