// Runs before the server. Sends the URLs of the loaded modules and the names of the loaded modules of Node on request.
import { registerHooks } from 'node:module'

const urls = []
registerHooks({
  load(url, context, nextLoad) {
    urls.push(url)
    return nextLoad(url, context)
  },
})
process.on('message', () => process.send({ urls, internal: process.moduleLoadList }))
