--- @include "includes/emit"
-- Notes the last thing that a coordinator did which meant something, apart from beating.
-- ev: the event of it; what: the type of that event, or the coordinator's own words.
local function touch(id, ev, what)
  if redis.call('EXISTS', k_coordinator(id)) == 1 then
    redis.call('HSET', k_coordinator(id), 'actionWhat', what, 'actionAt', int(NOW), 'ev', ev)
  end
end
