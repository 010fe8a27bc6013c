package dev.planwright.backend.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body up to a size and hangs up when there is more, so that no answer can fill the
 * memory. The publisher calls one method at a time, so nothing here is locked.
 */
final class CappedBody implements HttpResponse.BodySubscriber<CappedBody.Content> {
  /** What was read. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Content(byte[] bytes, boolean truncated) {}

  private final int max;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CompletableFuture<Content> content = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  CappedBody(int max) {
    this.max = max;
  }

  @Override
  public CompletionStage<Content> getBody() {
    return content;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int room = max - read.size();
      byte[] bytes = new byte[Math.min(room, buffer.remaining())];
      buffer.get(bytes);
      read.writeBytes(bytes);
      if (buffer.hasRemaining()) {
        if (subscription != null) {
          subscription.cancel();
        }
        content.complete(new Content(read.toByteArray(), true));
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    content.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    content.complete(new Content(read.toByteArray(), false));
  }
}
