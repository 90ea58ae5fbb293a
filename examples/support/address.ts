/** Where Redis is: `npm run example` names one of its own. The password is in `REDIS_PASSWORD`. */
export const redisHost = process.env.REDIS_HOST ?? 'localhost'
export const redisPort = Number(process.env.REDIS_PORT ?? 6379)
