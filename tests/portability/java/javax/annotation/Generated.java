package javax.annotation;

/** What generated classes are marked with; it comes with a package that Maven would bring. */
public @interface Generated {
  String[] value();

  String date() default "";

  String comments() default "";
}
