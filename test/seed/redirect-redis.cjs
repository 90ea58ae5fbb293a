// Loaded before a program that names localhost:6379 itself: it gets the Redis of its test instead.
const { Socket } = require('node:net')

const port = Number(process.env.SIGNALBOX_TEST_REDIS_PORT)
const connect = Socket.prototype.connect

Socket.prototype.connect = function redirected(...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0]
  if (options?.port === 6379) options.port = port
  return connect.apply(this, args)
}
