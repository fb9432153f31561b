/** Shortest piece of a secret that counts as one. */
const piece = 12

/** Secrets, and where a piece of one of them stands, however it is written. */
export class Canaries {
  readonly #pieces = new Map<string, string>()
  readonly names = new Set<string>()

  /** Shorter ones than a piece are looked for whole. */
  add(name: string, secret: string): void {
    if (secret.length < 6) throw new RangeError(`${name} is too short to be told from chance.`)
    this.names.add(name)
    for (const form of formsOf(secret)) {
      if (form.length <= piece) this.#pieces.set(form, name)
      for (let at = 0; at + piece <= form.length; at++) this.#pieces.set(form.slice(at, at + piece), name)
    }
  }

  /** The names of those that the text holds a piece of, each with what it was found by. */
  in(text: string): string[] {
    const found = new Map<string, string>()
    const sizes = new Set([...this.#pieces.keys()].map(({ length }) => length))
    for (const size of sizes)
      for (let at = 0; at + size <= text.length; at++) {
        const part = text.slice(at, at + size)
        const name = this.#pieces.get(part)
        if (name !== undefined && !found.has(name))
          found.set(name, `${name}: …${text.slice(Math.max(0, at - 40), at)}[${part}]…`)
      }
    return [...found.values()]
  }
}

function formsOf(secret: string): Set<string> {
  const bytes = Buffer.from(secret)
  // Base64 of a longer text holds the secret in one of three ways; its edges depend on what stands beside it.
  const aligned = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(offset === 0 ? 0 : offset + 1, text.length - 2)
  })
  const base64 = [...aligned, bytes.toString('base64').replace(/=+$/, '')].filter(({ length }) => length > 6)
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const hex = bytes.toString('hex')
  const escaped = JSON.stringify(secret).slice(1, -1)
  return new Set([secret, ...base64, ...base64url, hex, hex.toUpperCase(), encodeURIComponent(secret), escaped])
}
