import type { IncomingMessage } from 'node:http'
import type { Caller } from '../../auth/caller.ts'
import { Problem } from '../../core/errors.ts'
import { GraphiqlAssets } from './assets.ts'
import { prefersHtml } from '../request/negotiate.ts'
import type { OutgoingResponse } from '../response/outgoing-response.ts'

/** A tab that GraphiQL opens with. */
export interface Example {
  query: string
  /** Variables as JSON. */
  variables?: string
}

/** Content of the GraphiQL page. */
export interface Playground {
  title: string
  /** Whether GraphiQL is closed to a caller. Null stands for a caller that has not signed in. */
  isClosed(caller: Caller | null): boolean
  /** Returns the tabs that the caller's page opens with. */
  getExamples(caller: Caller): readonly Example[]
}

export interface GraphiqlOptions extends Playground {
  /** Prefix of the server's paths in links. */
  basePath: string
  /** Throws if the request has no valid credentials. */
  authenticate(request: IncomingMessage): Caller | Promise<Caller>
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // The editor creates style elements while it runs.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const examplesPath = '/graphql/examples'
const assetsPath = '/graphql/assets/'

/** Sign-in form, the same for everyone. The browser does not submit the form: a script sends the requests. */
const signInForm = `<form id="sign-in" hidden><div>
<h1>Parley</h1>
<p>Enter an API key, or a JWT of your identity provider, that has the scope <code>explore</code>.</p>
<label>API key or token <input type="password" name="key" required autocomplete="off" spellcheck="false"></label>
<label><input type="checkbox" name="keep"> Keep it until this browser tab is closed</label>
<p role="alert"></p>
<button>Open GraphiQL</button>
</div></form>`

/** Serves GraphiQL. The page loads all of its files from this server. */
export class GraphiQL {
  readonly #options: GraphiqlOptions
  #assets: Promise<GraphiqlAssets> | null = null

  constructor(options: GraphiqlOptions) {
    this.#options = options
  }

  /**
   * Returns null if the request is for neither the page nor its files.
   *
   * @param path Path of the request without the base path.
   */
  reply(request: IncomingMessage, path: string): Promise<OutgoingResponse | null> | null {
    if (request.method !== 'GET') return null
    if (path === '/graphql' && prefersHtml(request.headers.accept)) return this.#replyPage(request)
    if (path === examplesPath) return this.#replyExamples(request)
    return GraphiqlAssets.isPath(path, assetsPath) ? this.#replyAsset(request, path) : null
  }

  async #replyPage(request: IncomingMessage): Promise<OutgoingResponse> {
    const assets = await this.#load()
    const { title, basePath, getExamples } = this.#options
    const signedIn = await this.#findCaller(request)
    this.#assertOpen(signedIn)
    const caller = signedIn?.scopes.has('explore') ? signedIn : null
    const getAssetUrl = (name: string): string => basePath + assets.getPath(name)
    const settings = {
      title,
      endpoint: `${basePath}/graphql`,
      examples: basePath + examplesPath,
      workers: {
        editorWorkerService: getAssetUrl('editor.js'),
        json: getAssetUrl('json.js'),
        graphql: getAssetUrl('graphql.js'),
      },
      ...(caller && { defaultTabs: getExamples(caller) }),
      shouldPersistHeaders: false,
    }
    const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${getAssetUrl('graphiql.css')}"></head>
<body class="no-focus-outline"><noscript>GraphiQL needs JavaScript.</noscript><div id="root"></div>
${caller ? '' : signInForm}
<script id="settings" type="application/json">${JSON.stringify(settings).replaceAll('<', '\\u003c')}</script>
<script src="${getAssetUrl('graphiql.js')}"></script></body>
</html>
`
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
    return { status: 200, headers, body }
  }

  /** A browser requests the page without credentials. A server without callers needs none, and a proxy can add them. */
  async #findCaller(request: IncomingMessage): Promise<Caller | null> {
    try {
      return await this.#options.authenticate(request)
    } catch (error) {
      if (error instanceof Problem) return null
      throw error
    }
  }

  async #replyExamples(request: IncomingMessage): Promise<OutgoingResponse> {
    const caller = await this.#options.authenticate(request)
    this.#assertOpen(caller)
    if (!caller.scopes.has('explore'))
      throw new Problem('FORBIDDEN', 'GraphiQL requires the scope "explore". These credentials do not have it.')
    const body = JSON.stringify({ caller: caller.name, tabs: this.#options.getExamples(caller) })
    return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
  }

  #assertOpen(caller: Caller | null): void {
    if (!this.#options.isClosed(caller)) return
    throw new Problem('FORBIDDEN', 'GraphiQL is closed, because only trusted documents can be sent.')
  }

  async #replyAsset(request: IncomingMessage, path: string): Promise<OutgoingResponse | null> {
    return (await this.#load()).reply(path, request)
  }

  #load(): Promise<GraphiqlAssets> {
    this.#assets ??= GraphiqlAssets.load(assetsPath).catch((error: unknown) => {
      this.#assets = null
      throw error
    })
    return this.#assets
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
