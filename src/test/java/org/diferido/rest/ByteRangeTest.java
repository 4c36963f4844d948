package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 1000, bytes 0-499/1000",
    "bytes=500-999, 1000, bytes 500-999/1000",
    "bytes=500-, 1000, bytes 500-999/1000",
    "bytes=-500, 1000, bytes 500-999/1000",
    "bytes=-5000, 1000, bytes 0-999/1000",
    "bytes=0-0, 1000, bytes 0-0/1000",
    "bytes=-1, 1000, bytes 999-999/1000",
    "bytes=900-99999999999999999999999, 1000, bytes 900-999/1000",
    "bytes=0000000000000000000000001-2, 1000, bytes 1-2/1000",
    "BYTES=1-2, 1000, bytes 1-2/1000",
    "bytes= 1 - 2 , 1000, bytes 1-2/1000"
  })
  void aRangeIsReadAsTheStandardSays(String header, long size, String contentRange) {
    ByteRange range = ByteRange.parse(header, size).orElseThrow();
    assertThat(range.isSatisfiable()).isTrue();
    assertThat(range.of(size)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=1000-, 1000",
    "bytes=1000-2000, 1000",
    "bytes=99999999999999999999999-, 1000",
    "bytes=-0, 1000",
    "bytes=0-, 0",
    "bytes=-0, 0"
  })
  void aRangeBehindTheEndCannotBeSatisfied(String header, long size) {
    ByteRange range = ByteRange.parse(header, size).orElseThrow();
    assertThat(range.isSatisfiable()).isFalse();
    assertThat(range.of(size)).isEqualTo("bytes */" + size);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=0-1,3-4",
        "bytes=0-1,",
        "bytes=--5",
        "bytes=1-2-3",
        "bytes=0x1-2",
        "bytes=+1-2",
        "rows=0-1",
        "0-1",
        "bytes=١-٢"
      })
  void whatIsMalformedOrSeveralIsIgnored(String header) {
    assertThat(ByteRange.parse(header, 1000)).isEmpty();
  }

  @Test
  void theLastBytesOfAnEmptyFileAreAllOfIt() {
    assertThat(ByteRange.parse("bytes=-5", 0)).isEmpty();
  }

  @Property
  void whateverIsAskedForIsWithinTheFile(
      @ForAll @Size(max = 200) byte[] file,
      @ForAll @IntRange(max = 300) int first,
      @ForAll @IntRange(max = 300) int last) {
    Optional<ByteRange> range = ByteRange.parse("bytes=" + first + "-" + last, file.length);
    if (last < first) {
      assertThat(range).isEmpty();
    } else if (first >= file.length) {
      assertThat(range.orElseThrow().isSatisfiable()).isFalse();
    } else {
      ByteRange found = range.orElseThrow();
      byte[] part = Arrays.copyOfRange(file, first, Math.min(last + 1, file.length));
      assertThat(found).isEqualTo(new ByteRange(first, part.length));
    }
  }

  @Property
  void theLastBytesAreTheLastBytes(
      @ForAll @IntRange(min = 1, max = 200) int size,
      @ForAll @IntRange(min = 1, max = 300) int count) {
    ByteRange range = ByteRange.parse("bytes=-" + count, size).orElseThrow();
    assertThat(range.first() + range.length()).isEqualTo(size);
    assertThat(range.length()).isEqualTo(Math.min(count, size));
  }
}
