-- KEYS: 1 the webhooks
-- ARGV: 1 the server's prefix, 2 actor, 3 id, 4 webhook as JSON without the time, 5 most webhooks
-- Answers: OK | FULL
--- @include "includes/now"
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5]) then return { 'FULL' } end
local webhook = cjson.decode(ARGV[4])
webhook.createdAt = NOW
redis.call('HSET', KEYS[1], ARGV[3], cjson.encode(webhook))
redis.call('PUBLISH', ARGV[1] .. 'webhooks-changed', ARGV[3])
return { 'OK' }
