using System.Buffers;

namespace JobWatcher.HuaweiCloud.Http;

/// <summary>A body read into a pooled buffer, up to a bound that holds whatever the headers say.</summary>
internal sealed class BoundedBody : IDisposable
{
    private const int FirstSize = 32 * 1024;

    private byte[] _buffer;
    private int _length;

    private BoundedBody(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>False when the body went on beyond the bound.</summary>
    public bool IsWhole { get; private set; }

    public static async Task<BoundedBody> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken);
        await using (stream)
        {
            var body = new BoundedBody(Math.Min(FirstSize, maxBytes + 1));
            try
            {
                await body.FillAsync(stream, maxBytes, cancellationToken);
                return body;
            }
            catch
            {
                body.Dispose();
                throw;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private async Task FillAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        // One byte more than the bound is asked for: it tells a body that just fits from one that goes on.
        while (_length <= maxBytes)
        {
            Grow(maxBytes + 1);
            var room = _buffer.AsMemory(_length, Math.Min(_buffer.Length, maxBytes + 1) - _length);
            var read = await stream.ReadAsync(room, cancellationToken);
            if (read == 0)
            {
                IsWhole = true;
                return;
            }

            _length += read;
        }

        _length = maxBytes;
    }

    private void Grow(int maxSize)
    {
        if (_length < Math.Min(_buffer.Length, maxSize))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _buffer.Length, maxSize));
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
