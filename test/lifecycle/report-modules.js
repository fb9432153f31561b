// Loaded before the server: sends the URLs of the modules that it loads, and the names of Node's own, when it is asked.
import { registerHooks } from 'node:module'

const urls = []
registerHooks({
  load(url, context, nextLoad) {
    urls.push(url)
    return nextLoad(url, context)
  },
})
process.on('message', () => process.send({ urls, internal: process.moduleLoadList }))
