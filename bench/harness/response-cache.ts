import type { IncomingMessage, ServerResponse } from 'node:http'
import { bufferResponse, type BufferedResponse } from '../../src/sandboxes/buffered-response.ts'

/** Cached responses of a vendor whose data do not change, so that a load leaves the processor to the server. */
export class ResponseCache {
  readonly #responses = new Map<string, BufferedResponse>()
  /** Credentials that the vendor has accepted since the last revocation of tokens. */
  readonly #good = new Set<string>()

  /** Forgets the accepted credentials, so that tokens are checked again. */
  forgetTokens(): void {
    this.#good.clear()
  }

  serve(request: IncomingMessage, response: ServerResponse, serve: () => void): void {
    const { url = '', headers } = request
    const credential = headers.authorization ?? ''
    const send = ({ status, headers: fields, body }: BufferedResponse): void =>
      void response.writeHead(status, { ...fields, 'content-length': body.length }).end(body)
    const known = this.#responses.get(url)
    if (known && this.#good.has(credential)) return send(known)
    bufferResponse(response, (result) => {
      if (result.status === 200) {
        this.#responses.set(url, result)
        this.#good.add(credential)
      }
      send(result)
    })
    serve()
  }
}
