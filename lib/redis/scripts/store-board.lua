#!lua
-- Stores a board of the past, if the caller still has the turn, and lets go of the oldest beyond the
-- bounds and of all before the first that is of use: what followed them is no longer in the log.
-- KEYS: 1 history, 2 turn, 3 the board
-- ARGV: 1 prefix, 2 actor, 3 who, 4 sequence, 5 its time ms, 6 the board, 7 the first sequence that is of use,
--       8 most boards, 9 most bytes, 10 kept for s
-- Answers: OK | LOST the turn is somebody else's, or nobody's
if redis.call('GET', KEYS[2]) ~= ARGV[3] then return { 'LOST' } end

local function board_of(seq) return KEYS[1] .. ':' .. seq end
-- Both parts as numbers: as text, 10 comes before 9.
local function is_before(a, b)
  local a_time, a_place = string.match(a, '^(%d+)-(%d+)$')
  local b_time, b_place = string.match(b, '^(%d+)-(%d+)$')
  if a_time ~= b_time then return tonumber(a_time) < tonumber(b_time) end
  return tonumber(a_place) < tonumber(b_place)
end

redis.call('SET', KEYS[3], ARGV[6], 'EX', ARGV[10])
redis.call('ZADD', KEYS[1], ARGV[5], ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[10])
local count, bytes = 1, #ARGV[6]
for _, seq in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
  if seq ~= ARGV[4] then
    local length = redis.call('STRLEN', board_of(seq))
    count, bytes = count + 1, bytes + length
    if count > tonumber(ARGV[8]) or bytes > tonumber(ARGV[9]) or length == 0 or is_before(seq, ARGV[7]) then
      redis.call('ZREM', KEYS[1], seq)
      redis.call('UNLINK', board_of(seq))
    end
  end
end
return { 'OK' }
