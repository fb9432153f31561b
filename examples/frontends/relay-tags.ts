import type { Plugin } from 'vite'

const tag = /\bgraphql`\s*(?:query|mutation|subscription|fragment)\s+(\w+)[^`]*`/g

/** Replaces each `graphql` tag with the artifact of relay-compiler. Relay's own plugin for this requires Babel. */
export function relayTags(): Plugin {
  return {
    name: 'relay-tags',
    enforce: 'pre',
    transform: {
      filter: { id: /\.tsx?$/, code: 'graphql`' },
      handler(code) {
        const names = new Set<string>()
        const replaced = code.replaceAll(tag, (_, name: string) => {
          names.add(name)
          return `${name}_artifact`
        })
        // All imports are on the first line, so that line numbers do not change.
        const imports = [...names].map((name) => `import ${name}_artifact from './__generated__/${name}.graphql.ts';`)
        return imports.join('') + replaced
      },
    },
  }
}
