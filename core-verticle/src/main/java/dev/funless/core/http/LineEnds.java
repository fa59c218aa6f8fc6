package dev.funless.core.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;

/**
 * Keeps the two bytes of a line end together: where a piece of a request's body ends with CR, that
 * byte goes with the next piece.
 *
 * <p>Netty's decoder of forms takes a CR at the end of a piece for the part's own, though it
 * belongs to the boundary that follows, and so makes the part one byte longer than it was sent:
 * https://github.com/netty/netty/issues/17383. It depends on the network where a piece ends.
 *
 * <p>Known caveat: requests over HTTP/2 do not pass here.
 */
final class LineEnds extends ChannelInboundHandlerAdapter {

  private static final byte CR = '\r';

  /** Whether the last piece ended with CR. Confined to the connection's event loop. */
  private boolean held;

  /** Adds itself before all that reads the requests of the connection. */
  static void keepTogether(HttpConnection connection) {
    if (connection instanceof Http1xServerConnection http1) {
      ChannelHandlerContext reader = http1.channelHandlerContext();
      reader.pipeline().addBefore(reader.name(), LineEnds.class.getName(), new LineEnds());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    context.fireChannelRead(message instanceof HttpContent piece ? whole(piece) : message);
  }

  private HttpContent whole(HttpContent piece) {
    HttpContent whole = held ? behindCr(piece) : piece;
    ByteBuf bytes = whole.content();
    held =
        !(piece instanceof LastHttpContent)
            && bytes.isReadable()
            && bytes.getByte(bytes.writerIndex() - 1) == CR;
    if (held) {
      bytes.writerIndex(bytes.writerIndex() - 1);
    }
    return whole;
  }

  private static HttpContent behindCr(HttpContent piece) {
    ByteBuf cr = Unpooled.buffer(1 + piece.content().readableBytes()).writeByte(CR);
    HttpContent whole = piece.replace(cr.writeBytes(piece.content()));
    piece.release();
    return whole;
  }
}
