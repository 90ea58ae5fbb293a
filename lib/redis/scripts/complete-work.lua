#!lua flags=allow-oom
-- A work item is done.
-- KEYS: 1 coordinator, 2 events, 3 work
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance, 6 work id
-- Answers: OK, was there ('1' or '') | LOST | FENCED, epoch, count
-- Events: work.completed, if it was there
--- @include "includes/fence"
--- @include "includes/touch"
local id, work_id = ARGV[3], ARGV[6]
local refused = fence(id, ARGV[4], ARGV[5], 'completeWorkItem')
if refused then return refused end
if redis.call('HDEL', KEYS[3], work_id) == 0 then return { 'OK', '' } end
local items = redis.call('HLEN', KEYS[3])
local ev = emit('work.completed', 'coordinator:' .. id, { coordinatorId = id, workId = work_id, items = items })
redis.call('HSET', KEYS[1], 'workItems', items)
touch(id, ev, 'work.completed')
return { 'OK', '1' }
